import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { api } from "@acme/contracts";
import { createClient } from "@lucky/gateway/client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { freePort, runScript, startScript, startServer } from "../testing.ts";

let server: ChildProcessWithoutNullStreams;
let welcome: string;
let url: string;

beforeAll(async () => {
  ({ child: server, welcome, url } = await startServer());
});
afterAll(async () => {
  server.kill();
  await once(server, "close");
});

const post = (body: string, headers: Record<string, string> = { "content-type": "application/json" }) =>
  fetch(`${url}/lucky_numbers`, { method: "POST", body, headers });

describe("the server that start runs", () => {
  test("shows each route and a curl that works when pasted", async () => {
    expect(welcome).toContain(`POST ${url}/lucky_numbers`);
    const command = welcome.match(/curl .*/)?.[0] ?? "";
    const shell = spawn("sh", ["-c", `${command} --silent`], { stdio: ["ignore", "pipe", "inherit"] });
    expect(JSON.parse(await text(shell.stdout))).toMatchObject({ numbers: expect.any(Array) });
  });

  test("draws lucky numbers over HTTP", async () => {
    const response = await post('{"name":"SilentByte","count":10}');
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    const reply = (await response.json()) as { message: string; numbers: number[] }; // as the test then checks
    expect(reply.message).toBe("Hi, 'SILENTBYTE'. Your lucky numbers are:");
    expect(reply.numbers).toHaveLength(10);
  });

  test("answers the typed client, with values and with problems", async () => {
    const client = createClient(api, url);
    const drawn = await client.luckyNumbers({ body: { name: "SilentByte", count: 3 } });
    expect(drawn).toMatchObject({
      ok: true,
      status: 200,
      body: { numbers: [expect.any(Number), expect.any(Number), expect.any(Number)] },
    });
    const refused = await client.luckyNumbers({ body: { name: "SilentByte", count: -3 } });
    expect(refused).toMatchObject({
      ok: false,
      problem: { type: "urn:problem:invalid-request", errors: [{ pointer: "#/count" }] },
    });
  });

  test("answers a plain curl -d with 415 and the corrected command", async () => {
    const response = await post('{"name":"x","count":3}', {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(response.status).toBe(415);
    const { detail } = (await response.json()) as { detail: string }; // as the test then checks
    const example = `'{"name":"SilentByte","count":10}'`;
    expect(detail).toContain(`curl -H 'content-type: application/json' -d ${example} ${url}/lucky_numbers`);
  });

  test.each(["/nowhere", "/index.html", "/assets/nowhere.js", "/lucky_numbers/more", "/LUCKY_NUMBERS"])(
    "answers %s as API Gateway does: 404",
    async (path) => {
      const response = await fetch(url + path);
      expect(response.status).toBe(404);
      expect(await response.text()).toBe('{"message":"Not Found"}');
    },
  );

  test("serves the page and the reference, and tells where they are", async () => {
    expect(welcome).toContain(`Page: ${url}/  Reference: ${url}/reference/`);
    expect(await titleAt(`${url}/`)).toBe("Lucky Lambda");
    expect(await titleAt(`${url}/reference/`)).toBe("API reference - Lucky Lambda");
  });

  test("takes 10 MB and no more, as an HTTP API does", async () => {
    const refusal = await post("x".repeat(10 * 1024 * 1024 + 1));
    expect(refusal.status).toBe(413);
    expect(await refusal.text()).toBe('{"message":"Request Entity Too Large"}');
  });

  test("hands over events of up to 6 MB, as Lambda takes no more", async () => {
    const problem = await post("x".repeat(6_000_000));
    expect(problem.headers.get("content-type")).toBe("application/problem+json"); // refused by the function itself
    const refusal = await post("x".repeat(6_291_456));
    expect(await refusal.text()).toBe('{"message":"Request Entity Too Large"}');
  });

  test("answers 500 callers at once: each with its own reply, or as throttled beyond ten", async () => {
    const answers = await Promise.all(
      Array.from({ length: 500 }, async (_, index) => {
        const response = await post(JSON.stringify({ name: `caller ${index}`, count: 2 }));
        const body = await response.text();
        if (response.status === 503) return body === '{"message":"Service Unavailable"}' ? "throttled" : body;
        return body.includes(`'CALLER ${index}'`) ? "answered" : body;
      }),
    );
    expect(new Set(answers)).toEqual(new Set(["answered", "throttled"]));
    expect(answers.filter((answer) => answer === "answered").length).toBeGreaterThanOrEqual(10);
  });

  test("answers many requests at once, each with its own reply", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `caller ${index}`);
    const replies = await Promise.all(
      names.map(async (name) => (await post(JSON.stringify({ name, count: 2 }))).text()),
    );
    for (const [index, name] of names.entries()) expect(replies[index]).toContain(`'${name.toUpperCase()}'`);
  });
});

describe("start", () => {
  test("says when its port is in use, and exits with 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo; // listening on TCP
    const { stdout, stderr, exitCode } = await runScript("start.ts", ["--port", String(port)]);
    other.close();
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toContain(`Port ${port} is in use.`);
  });

  test("refuses a concurrency of 0 with 2", async () => {
    const { stderr, exitCode } = await runScript("start.ts", ["--concurrency", "0"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining("from 1 to 1000") });
  });

  test("--json tells of each request in a line of JSON", async () => {
    const { child, url } = await startServer(["--json"]);
    await fetch(`${url}/openapi.json`);
    const [line] = await once(child.stdout.setEncoding("utf8"), "data");
    child.kill();
    expect(JSON.parse(String(line))).toMatchObject({
      method: "GET",
      target: "/openapi.json",
      status: 200,
      cold: true,
    });
  });

  test("--json tells of requests for the page as well", async () => {
    const { child, url } = await startServer(["--json"]);
    await fetch(url);
    const [line] = await once(child.stdout.setEncoding("utf8"), "data");
    child.kill();
    expect(JSON.parse(String(line))).toEqual({
      method: "GET",
      target: "/",
      status: 200,
      durationMs: expect.any(Number),
    });
  });

  test("--stage puts the API behind it, and tells the page so", async () => {
    const { child, url } = await startServer(["--stage", "beta"]);
    const html = await (await fetch(url)).text();
    const paths = html.match(/\/assets\/[^"]+\.js/g) ?? [];
    const scripts = await Promise.all(paths.map(async (path) => (await fetch(url + path)).text()));
    child.kill();
    await once(child, "close");
    expect(scripts.join("")).toMatch(/["'`]\/beta["'`]/);
  });

  test.each([
    [["--as", "soap"], "--as takes http, rest, url, alb"],
    [["--as", "alb", "--stage", "x"], "--stage is not for a load balancer"],
    [["--stage", "a/b"], "--stage takes letters"],
    [["--log-format", "xml"], "--log-format takes json or text"],
    [["--inspect", "0"], "--inspect takes a number from 1024"],
  ])("refuses %j with 2", async (words, message) => {
    const { stderr, exitCode } = await runScript("start.ts", words);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
  });

  test("says when there is no place for bundles, and exits with 1", async () => {
    const { stderr, exitCode } = await runScript("start.ts", [], { TMPDIR: "/dev/null" });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining("set TMPDIR") });
  });

  test.each([
    ["http", "prod", "/prod"],
    ["rest", undefined, "/prod"],
    ["rest", "beta", "/beta"],
    ["url", undefined, ""],
    ["alb", undefined, ""],
  ])("--as %s, stage %s: its curl works", async (as, stage, base) => {
    const { child, welcome, url } = await startServer(["--as", as, ...(stage ? ["--stage", stage] : [])]);
    expect(welcome).toContain(`POST ${url}${base}/lucky_numbers`);
    const command = welcome.match(/curl .*/)?.[0] ?? "";
    const shell = spawn("sh", ["-c", `${command} --silent`], { stdio: ["ignore", "pipe", "inherit"] });
    expect(JSON.parse(await text(shell.stdout))).toMatchObject({ numbers: expect.any(Array) });
    child.kill();
    await once(child, "close");
  });

  test("leaves nothing behind when a signal comes before it has started", async () => {
    const folder = mkdtempSync(join(tmpdir(), "start-"));
    const child = startScript("start.ts", ["--port", "0"], "", { ...process.env, TMPDIR: folder });
    await vi.waitFor(() => expect(readdirSync(folder)).not.toEqual([]), { timeout: 30_000 });
    child.kill("SIGINT");
    await once(child, "close");
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test("--inspect lets a debugger attach, and goes on to serve", async () => {
    const port = await freePort();
    const { child, url } = await startServer(["--inspect", String(port)]);
    const notice = once(child.stderr.setEncoding("utf8"), "data");
    const response = await fetch(`${url}/lucky_numbers`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"name":"x","count":2}',
    });
    expect(response.status).toBe(200);
    expect(String(await notice)).toContain(`Debugger listening on ws://127.0.0.1:${port}/`);
    expect(await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()).toHaveLength(1);
    child.kill();
    await once(child, "close");
  });

  test.each(["x", "-1", "65536", "3000.5", ""])("refuses port %j with 2", async (port) => {
    const { stderr, exitCode } = await runScript("start.ts", [`--port=${port}`]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--port takes a number from 0 to 65535");
  });

  test("--version names the project and its version", async () => {
    const { stdout, exitCode } = await runScript("start.ts", ["--version"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^[\w-]+ \d+\.\d+\.\d+\n$/);
  });

  test("--help explains itself and exits with 0", async () => {
    const { stdout, exitCode } = await runScript("start.ts", ["--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Usage: pnpm start");
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends cleanly on %s, and its environments with it",
    async (signal) => {
      const { child, url } = await startServer();
      await fetch(`${url}/lucky_numbers`, { method: "POST" });
      const environments = childrenOf(child.pid);
      expect(environments.length).toBeGreaterThan(0);
      child.kill(signal);
      const [stderr] = await Promise.all([text(child.stderr), once(child, "close")]);
      expect(child.exitCode).toBe(0);
      expect(stderr).not.toContain("Error");
      await expect(fetch(url)).rejects.toThrow();
      await vi.waitFor(() => expect(environments.filter(isRunning)).toEqual([]));
    },
  );
});

describe("an environment that is killed in mid-request", () => {
  test("fails that one request as on Lambda, and the next succeeds", async () => {
    const { child, url } = await startServer();
    const before = childrenOf(child.pid);
    const draw = () =>
      fetch(`${url}/lucky_numbers`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"name":"x","count":2}',
      });
    await draw();
    const [environment = 0] = childrenOf(child.pid).filter((pid) => !before.includes(pid));
    process.kill(environment, "SIGSTOP"); // so that the request is sure to be under way
    const waiting = draw();
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.kill(environment, "SIGKILL");
    const failed = await waiting;
    expect([failed.status, await failed.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
    expect((await draw()).status).toBe(200);
    child.kill();
    await once(child, "close");
  });
});

async function titleAt(url: string): Promise<string | undefined> {
  const response = await fetch(url);
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-cache"]);
  return /<title>(.*)<\/title>/.exec(await response.text())?.[1];
}

function childrenOf(parent: number | undefined): number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const pairs = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.filter(([, ppid]) => ppid === parent).map(([pid = 0]) => pid);
}

/** A process that has ended stays in the list, as Z, until its parent asks for it. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout !== "" && !stdout.startsWith("Z");
}
