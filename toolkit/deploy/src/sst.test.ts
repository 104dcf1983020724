import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { endOf, untilPrinted } from "@lucky/command/child-process";
import { describe, expect, onTestFinished, test } from "vitest";

const SCRIPT = fileURLToPath(new URL("sst.ts", import.meta.url));

/** Starts `pnpm sst` with a program of that body in the place of sst. */
function startSst(body: string, words: readonly string[] = [], stdin: "pipe" | "ignore" = "ignore") {
  const folder = mkdtempSync(join(tmpdir(), "lucky-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "sst");
  if (body !== "") {
    writeFileSync(file, `#!${process.execPath}\nconst { writeFileSync } = require("node:fs"); ${body}`);
    chmodSync(file, 0o755);
  }
  const child = spawn(process.execPath, [SCRIPT, ...words], {
    env: { PATH: [folder, dirname(process.execPath)].join(delimiter), TMPDIR: folder },
    stdio: [stdin, "pipe", "pipe"],
  });
  return { child, folder };
}

const EXPLAIN = 'writeFileSync(process.env.SST_EXPLANATION, "Set AWS_REGION.");';

describe("pnpm sst", () => {
  test("hands each word on as it is, and gives the exit code back", async () => {
    const words = ["secret", "set", "Key", "two words; $HOME", "--stage", "anna"];
    const { child } = startSst(
      "console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;",
      words,
    );
    const { stdout, stderr, exitCode } = await endOf(child);
    expect({ words: JSON.parse(stdout), stderr, exitCode }).toEqual({ words, stderr: "", exitCode: 3 });
  });

  test("hands its standard input on", async () => {
    const { child } = startSst("process.stdin.pipe(process.stdout);", [], "pipe");
    child.stdin?.end("yes");
    expect(await endOf(child)).toEqual({ stdout: "yes", stderr: "", exitCode: 0 });
  });

  test("ends with why the configuration was refused, and leaves no file", async () => {
    const { child, folder } = startSst(`${EXPLAIN} console.error("Unexpected error"); process.exitCode = 1;`);
    const { stderr, exitCode } = await endOf(child);
    expect({ stderr, exitCode }).toEqual({ stderr: "Unexpected error\n\nSet AWS_REGION.\n", exitCode: 1 });
    expect(readdirSync(folder)).toEqual(["sst"]);
  });

  test("says nothing of its own where sst has succeeded", async () => {
    const { child } = startSst(EXPLAIN);
    expect(await endOf(child)).toEqual({ stdout: "", stderr: "", exitCode: 0 });
  });

  test.for(["SIGTERM", "SIGHUP"] as const)("hands %s on, and waits until sst has ended", async (signal) => {
    const { child } = startSst(
      `process.on("${signal}", () => { console.log("unlocked"); process.exit(4); }); console.log("deploying"); setInterval(() => {}, 1000);`,
    );
    const ended = endOf(child);
    await untilPrinted(child, ["deploying"]);
    child.kill(signal);
    expect(await ended).toMatchObject({ stdout: "deploying\nunlocked\n", exitCode: 4 });
  });

  test("leaves Ctrl-C to sst, which a terminal asks by itself, and waits until it has ended", async () => {
    const { child } = startSst(
      'process.stdin.on("end", () => process.exit(5)).resume(); console.log("deploying");',
      [],
      "pipe",
    );
    const ended = endOf(child);
    await untilPrinted(child, ["deploying"]);
    child.kill("SIGINT");
    child.stdin?.end();
    expect(await ended).toMatchObject({ exitCode: 5 });
  });

  test("fails where sst was ended by a signal", async () => {
    const { child } = startSst('process.kill(process.pid, "SIGKILL");');
    expect(await endOf(child)).toMatchObject({ exitCode: 1 });
  });

  test("says what to do where sst is not installed", async () => {
    const { child } = startSst("");
    const { stderr, exitCode } = await endOf(child);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^sst cannot be started: .*ENOENT.* Run pnpm install\.\n$/);
  });
});
