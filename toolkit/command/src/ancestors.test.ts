import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { readPs, runnersOf } from "./ancestors.ts";
import { endOf, endProcess, untilPrinted } from "./child-process.ts";
import { pnpm } from "./pnpm.ts";

const quoted = ({ file, words }: ReturnType<typeof pnpm>) =>
  [file, ...words].map((word) => `'${word}'`).join(" ");
const source = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lucky-ancestors-"));
  writeFileSync(join(folder, "package.json"), '{ "scripts": { "start": "node command.ts" } }');
  writeFileSync(join(folder, "pnpm-workspace.yaml"), "packages: []\n");
  writeFileSync(
    join(folder, "command.ts"),
    `import { runCommand } from ${source("command.ts")};
    import { onSignal } from ${source("signals.ts")};
    await runCommand("", async () => {
      onSignal(() => { console.log("told to end"); process.exit(0); });
      console.log("pid " + process.pid);
      setInterval(() => console.log("goes on"), 500);
    });`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts that, and gives its process, once the command says that it is ready. */
async function start(
  file: string,
  words: readonly string[],
): Promise<ChildProcessByStdio<Writable, Readable, null>> {
  const child = spawn(file, words, { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
  const printed = await untilPrinted(child, ["pid ", "goes on"]);
  const pid = Number(/pid (\d+)/.exec(printed)?.[1]);
  onTestFinished(async () => {
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
    await endProcess(child);
  });
  return child;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.each([
  ["npx npm", "npm start"],
  ["npx pnpm", quoted(pnpm(["start"]))],
])("a command that %s runs", (_, script) => {
  test.each(["SIGTERM", "SIGHUP", "SIGKILL"] as const)("ends when %s ends npx alone", async (signal) => {
    const child = await start("npx", ["-c", script]);
    const ended = endOf(child); // once the last of them has closed what they all print to
    child.kill(signal);
    expect((await ended).stdout).toContain("told to end");
  });

  test("goes on when whatever started npx has ended", async () => {
    const child = await start("sh", ["-c", `nohup npx -c "${script}" & read -r line`]);
    const ended = once(child, "exit");
    child.stdin.end();
    await ended;
    await untilPrinted(child, ["goes on\ngoes on\ngoes on\ngoes on\n"]);
  });
});

describe("what a command was started by", () => {
  /** From the nearest one upwards; the one before the first is the command itself. */
  const runnersAmong = (...commands: readonly string[]) =>
    runnersOf(0, (pid) => {
      const command = commands[pid];
      return command === undefined ? undefined : { parent: pid + 1, command };
    }).length;

  test.each([
    ["a shell alone", ["-bash"], 0],
    ["a script of a shell", ["sh -c 'node command.ts'", "-bash"], 0],
    ["another program", ["node vitest.mjs", "pnpm test", "npm exec pnpm test"], 0],
    ["pnpm", ["sh -c trap '' INT; node command.ts", "pnpm start", "-bash"], 2],
    ["pnpm that is a script", ["sh -c x", "/usr/bin/node /opt/pnpm/bin/pnpm.cjs start", "-bash"], 2],
    ["npx", ["sh -c x", "pnpm start", "sh -c 'pnpm' start", "npm exec pnpm start", "-zsh"], 4],
    ["npx by its file", ["sh -c x", "/a/pnpm start", "/bin/sh -c x", "node /usr/bin/npx -y pnpm start"], 4],
    ["npx in a script", ["sh -c x", "pnpm start", "sh -c x", "npm exec pnpm start", "sh -c x &", "init"], 4],
    ["npx in a script that has a name", ["sh -c x", "npm exec x", "sh start-npx.sh"], 2],
    ["npm, and so on", ["sh -c x", "npm exec x", "sh -c x", "npm run dev", "sh -c x", "node x"], 4],
  ])("is watched up to npx, npm or pnpm, and not above: %s", (_, commands, count) => {
    expect(runnersAmong(...commands)).toBe(count);
  });

  test("is read of ps too, where the system has no /proc", () => {
    expect(readPs(process.pid)).toEqual({ parent: process.ppid, command: expect.any(String) });
    expect(readPs(2 ** 22)).toBeUndefined();
  });
});
