import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "@lucky/command/child-process";
import { pnpm } from "@lucky/command/pnpm";
import { freePorts } from "@lucky/local/free-ports";
import { type Copy, copyWorkspace } from "@lucky/scaffold/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// Each command of guide.md runs as it stands there, in a copy of the workspace, and must print what the guide says.
// It takes a minute and a half, so it goes with `pnpm test:new`. What needs AWS runs in toolkit/offline/src/deploy.test.ts.

const guide = readFileSync(new URL("../../docs/guide.md", import.meta.url), "utf8");
const PORT = 3000; // as the guide has it

type Command = { readonly line: string; readonly output: string };

/** Of ```console blocks: a line after `$ `, and what stands below it. */
const commands: readonly Command[] = [...guide.matchAll(/^```console\n(.*?)^```$/gms)].flatMap(
  ([, block = ""]) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [line = "", ...output] = part.trimEnd().split("\n");
        return { line, output: output.join("\n") };
      }),
);
const isDeploy = ({ line }: Command) => line.startsWith("pnpm sst ");

let copy: Copy;
let environment: NodeJS.ProcessEnv;
let port: number;
let server: ReturnType<typeof spawn> | undefined;

beforeAll(async () => {
  copy = copyWorkspace();
  environment = {
    ...process.env,
    CI: "true",
    PATH: `${pathWithPnpm(copy.root)}${delimiter}${process.env.PATH}`,
  };
  expect(await shell("pnpm install --frozen-lockfile --prefer-offline")).toMatchObject({ exitCode: 0 });
  port = await freePorts();
  expect(guide).toContain("npx -y pnpm start\n");
  server = spawn("pnpm", ["start", "--port", String(port)], {
    cwd: copy.root,
    env: environment,
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  for await (const printed of server.stdout ?? []) if (String(printed).includes("Ctrl-C stops it")) break;
}, 300_000);
afterAll(async () => {
  if (server?.pid !== undefined && server.exitCode === null) {
    process.kill(-server.pid, "SIGINT");
    await once(server, "exit");
  }
  copy?.remove(); // where it has come so far
});

describe("the guide", () => {
  test("has commands", () => {
    expect(commands.length).toBeGreaterThan(7);
  });

  test.each(commands.filter((command) => !isDeploy(command)))(
    "$line",
    async ({ line, output }) => {
      const { stdout, exitCode } = await shell(line.replaceAll(`localhost:${PORT}`, `localhost:${port}`));
      expect(exitCode).toBe(0);
      if (output !== "") expect(withoutChance(stdout)).toBe(withoutChance(output));
    },
    300_000,
  );

  test.each(commands.filter(isDeploy))("$line is run by the offline deploy", ({ line }) => {
    const words = line.split(" ").slice(2);
    const deploy = readFileSync(new URL("../../toolkit/offline/src/deploy.test.ts", import.meta.url), "utf8");
    expect(deploy).toContain(`.sst(${JSON.stringify(words).replaceAll(",", ", ")}`);
  });
});

/** What differs from run to run: the numbers drawn, and ids. */
function withoutChance(output: string): string {
  return output
    .replaceAll(/\[\d+(?:,\d+)*\]/g, (list) => `[${list.split(",").length} numbers]`)
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, "an id")
    .trimEnd();
}

async function shell(command: string): Promise<{ stdout: string; exitCode: number | null }> {
  const { stdout, stderr, exitCode } = await run("sh", ["-c", command], { cwd: copy.root, env: environment });
  if (exitCode !== 0) {
    const output = (stdout + stderr).replaceAll(/^.* Tests .*\n/gm, ""); // continuous integration adds such lines up
    throw new Error(`${command}: ${exitCode}\n${output}`);
  }
  return { stdout, exitCode };
}

/** A folder with the pnpm that runs this test, under the name that the guide calls it by. */
function pathWithPnpm(root: string): string {
  const folder = join(root, "node_modules/.guide/");
  const { file, words } = pnpm([]);
  if (file === "pnpm") return folder; // it is on the path already
  mkdirSync(folder, { recursive: true });
  const command = [file, ...words].map((word) => `"${word}"`).join(" ");
  writeFileSync(join(folder, "pnpm"), `#!/bin/sh\nexec ${command} "$@"\n`);
  chmodSync(join(folder, "pnpm"), 0o755);
  return folder;
}
