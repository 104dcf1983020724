import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { untilPrinted } from "@lucky/command/child-process";
import { fixture } from "@lucky/fixture";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  copyVisits,
  type RunningServer,
  runScript,
  startServer,
  stopServer,
  untilWelcome,
} from "../testing/testing.ts";

// The whole way: HTTP, a function's process, its client, DynamoDB, the folder.

const today = new Date().toISOString().slice(0, 10);
const START = join(import.meta.dirname, "start.ts");
const RESOURCES = "packages/contracts/src/resources.ts";

async function start(cwd: string, ...words: readonly string[]): Promise<RunningServer> {
  const server = await startServer(words, { cwd });
  onTestFinished(() => stopServer(server));
  return server;
}

/** A server that cannot write files of more than a megabyte. */
async function startFull(cwd: string): Promise<RunningServer> {
  const words = [process.execPath, START, "--port", "0"];
  const child = spawn("sh", ["-c", 'ulimit -f 2048; exec "$@"', "sh", ...words], { cwd });
  const server = { child, ...(await untilWelcome(child)) };
  onTestFinished(() => stopServer(server));
  return server;
}

async function count(
  { url }: Pick<RunningServer, "url">,
  page = "/",
): Promise<{ status: number; body: { visits: number } }> {
  const response = await fetch(`${url}/visits`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ page }),
  });
  return { status: response.status, body: (await response.json()) as { visits: number } };
}

async function mail({ url }: RunningServer): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}/mails`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"page":"/"}',
  });
  return { status: response.status, body: await response.json() };
}

async function list({ url }: RunningServer): Promise<number> {
  const response = await fetch(`${url}/visits?day=${today}`);
  const { visits } = (await response.json()) as { visits: readonly unknown[] };
  return visits.length;
}

async function kill({ child }: RunningServer): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "close");
}

function edit(root: string, from: string, to: string): void {
  const file = join(root, RESOURCES);
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe("the tables of a server", () => {
  test("are written and read by functions, and kept for the next start", async () => {
    const root = copyVisits(onTestFinished);
    const first = await start(root);
    expect(first.welcome).toContain("Tables are kept in .data/dynamodb; --fresh empties it.");
    expect(await count(first)).toEqual({ status: 200, body: { page: "/", visits: 1 } });
    expect(await count(first)).toEqual({ status: 200, body: { page: "/", visits: 2 } });
    expect(await list(first)).toBe(2);
    await stopServer(first);
    const second = await start(root);
    expect((await count(second)).body.visits).toBe(3);
    await stopServer(second);
    expect((await count(await start(root, "--fresh"))).body.visits).toBe(1);
  });

  test("are those that invoke writes, while the server runs and when it does not", async () => {
    const root = copyVisits(onTestFinished);
    const invoke = async () => {
      const { stdout, stderr } = await runScript("invoke.ts", ["count-visit"], { cwd: root });
      return { visits: JSON.parse(JSON.parse(stdout).body).visits, stderr };
    };
    expect((await invoke()).visits).toBe(1);
    const server = await start(root);
    expect((await count(server)).body.visits).toBe(2);
    const during = await invoke();
    expect(during.visits).toBe(3);
    expect(during.stderr).toContain(
      "Another process has the tables in .data/dynamodb open. They are shared.",
    );
    expect((await count(server)).body.visits).toBe(4);
  });

  test("are shared by two servers, and go on when the first has ended", async () => {
    const root = copyVisits(onTestFinished);
    const first = await start(root);
    const second = await start(root);
    expect((await count(first)).body.visits).toBe(1);
    expect((await count(second)).body.visits).toBe(2);
    await kill(first);
    expect((await count(second)).body.visits).toBe(3);
    const third = await start(root);
    expect((await count(third)).body.visits).toBe(4);
  });

  test("are not emptied under another server", async () => {
    const root = copyVisits(onTestFinished);
    const first = await start(root);
    await count(first);
    const second = await start(root, "--fresh");
    expect((await count(second)).body.visits).toBe(2);
  });

  test("lose nothing that was acknowledged when the server is killed in the middle of writes", async () => {
    const root = copyVisits(onTestFinished);
    const server = await start(root);
    const pages = Array.from({ length: 8 }, (_, nth) => `/${nth}`);
    const acknowledged = new Map(pages.map((page) => [page, 0]));
    const writing = pages.map(async (page) => {
      for (;;) {
        const answer = await count(server, page).catch(() => undefined);
        if (answer?.status !== 200) return;
        acknowledged.set(page, answer.body.visits);
      }
    });
    while ([...acknowledged.values()].some((visits) => visits < 5)) await count(server);
    await kill(server);
    await Promise.all(writing);
    const again = await start(root);
    for (const page of pages) {
      const { visits } = (await count(again, page)).body;
      const known = acknowledged.get(page) ?? 0;
      expect(known).toBeGreaterThanOrEqual(5);
      expect([known + 1, known + 2]).toContain(visits); // the last before the end may have been written unacknowledged
    }
  });

  test.skipIf(process.platform === "win32")(
    "refuse writes on a full disk, go on reading, and keep what was acknowledged",
    async () => {
      const root = copyVisits(onTestFinished);
      await stopServer(await start(root)); // what it compiles for itself has room
      const full = await startFull(root);
      const filler = "x".repeat(1000);
      let acknowledged = 0;
      for (;;) {
        const { status } = await count(full, `${acknowledged}${filler}`);
        if (status !== 200) break;
        acknowledged++;
      }
      expect(acknowledged).toBeGreaterThan(10);
      expect(await list(full)).toBe(20); // a page of it
      await stopServer(full);
      const again = await start(root);
      for (const nth of [0, 1, acknowledged - 1])
        expect((await count(again, `${nth}${filler}`)).body.visits).toBe(2);
    },
  );

  test("are there with the next request after an edit of the contracts", async () => {
    const root = copyVisits(onTestFinished);
    const server = await start(root);
    await count(server);
    edit(root, 'table("known-pages"', 'table("other-pages"');
    expect((await count(server)).body.visits).toBe(1);
    edit(root, 'table("other-pages"', 'table("known-pages"');
    expect((await count(server)).body.visits).toBe(2);
  });

  test("keep their key: an edit of it is told, with how to start afresh", async () => {
    const root = copyVisits(onTestFinished);
    const server = await start(root);
    await count(server);
    const told = untilPrinted(
      server.child,
      ["To start afresh: pnpm table known-pages empty"],
      server.child.stderr,
    );
    edit(
      root,
      'item: Page, key: { partition: "page" }',
      'item: Page, key: { partition: "visits" }, numbers: ["visits"]',
    );
    expect(await told).toContain(
      'The table "known-pages" is kept with the key page (S), and now has the key visits (N).',
    );
    expect(await runScript("table.ts", ["known-pages", "empty", "--yes"], { cwd: root })).toMatchObject({
      exitCode: 0,
    });
    expect(
      (await runScript("table.ts", ["known-pages", "put", '{"page":"/","visits":7}'], { cwd: root })).stdout,
    ).toBe("Written.\n");
    expect(
      JSON.parse((await runScript("table.ts", ["known-pages", "get", "7"], { cwd: root })).stdout),
    ).toEqual({
      page: "/",
      visits: 7,
    });
  });

  test("that are damaged are told, and emptied by --fresh", async () => {
    const root = copyVisits(onTestFinished);
    const first = await start(root);
    await count(first);
    await stopServer(first);
    const folder = join(root, ".data/dynamodb/tables");
    for (const name of readdirSync(folder))
      if (/^MANIFEST/.test(name)) writeFileSync(join(folder, name), "damaged");
    const { exitCode, stderr } = await runScript("start.ts", ["--port", "0"], { cwd: root });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^The tables in .+ are damaged: delete that folder to start afresh\./);
    expect((await count(await start(root, "--fresh"))).body.visits).toBe(1);
  });

  test("begin anew when their folder is deleted under the server", async () => {
    const root = copyVisits(onTestFinished);
    const server = await start(root);
    expect((await count(server)).body.visits).toBe(1);
    const told = untilPrinted(server.child, [".data/dynamodb has been deleted"], server.child.stderr);
    rmSync(join(root, ".data"), { recursive: true });
    expect((await count(server)).body.visits).toBe(1);
    await told;
    expect((await runScript("table.ts", ["known-pages"], { cwd: root })).stdout).toBe(
      '{"page":"/","visits":1}\n',
    );
  });

  test("are none where no contract uses one: nothing is started or kept", async () => {
    const server = await start(fixture);
    expect(server.welcome).not.toContain("Tables");
    expect(existsSync(join(fixture, ".data"))).toBe(false);
  });
});

describe("what a function uses and is not set", () => {
  test("is named at the start with the line to add, and by the function when it asks", async () => {
    const root = copyVisits(onTestFinished);
    writeFileSync(join(root, "infra/environment.ts"), "export const environmentOf = () => ({});");
    const server = await start(root);
    const told = untilPrinted(
      server.child,
      [
        "mail-visits uses the secret mail-key (The key of the mail service), which is not set here.",
        "Add this line to .env.local, with its value:\nMAIL_KEY=\n",
        "mail-visits uses the setting sender (Who mails are from), which is not set here.",
        "The setting sender is not set (Who mails are from): set SENDER.",
      ],
      server.child.stderr,
    );
    expect((await mail(server)).status).toBe(500);
    await told;
    writeFileSync(join(root, ".env.local"), "SENDER=me@example.com\n");
    const asked = untilPrinted(
      server.child,
      ["The secret mail-key (The key of the mail service) is not set: add MAIL_KEY=… to .env.local."],
      server.child.stderr,
    );
    expect((await mail(server)).status).toBe(500);
    await asked;
    writeFileSync(join(root, ".env.local"), "SENDER=me@example.com\nMAIL_KEY=sesame\n");
    expect(await mail(server)).toEqual({
      status: 200,
      body: { from: "me@example.com", visits: 0, isSigned: true },
    });
  });
});
