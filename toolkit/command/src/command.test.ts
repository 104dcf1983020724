import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";
import { endOf, run } from "./child-process.ts";

const folder = mkdtempSync(join(tmpdir(), "lucky-command-"));
afterAll(() => rmSync(folder, { recursive: true }));
const source = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);

/** A file that is a command whose work is that code. */
function writeCommand(work: string, help = '"Usage: greet\\n"'): string {
  const file = join(mkdtempSync(join(folder, "command-")), "command.ts");
  writeFileSync(
    file,
    `import { parseArgs } from "node:util";
    import { runCommand } from ${source("command.ts")};
    import { onSignal } from ${source("signals.ts")};
    import { UsageError } from ${source("usage-error.ts")};
    await runCommand(${help}, async () => { ${work} });`,
  );
  return file;
}

const runWith = (words: readonly string[], work: string, help?: string, cwd = folder) =>
  run(process.execPath, [writeCommand(work, help), ...words], { cwd });

describe("a command", () => {
  test("does its work, and exits with 0", async () => {
    expect(await runWith([], "console.log('done')")).toEqual({ stdout: "done\n", stderr: "", exitCode: 0 });
  });

  test.each(["--help", "-h"])("prints its help for %s and does nothing else", async (word) => {
    const ended = await runWith(["x", word], "console.log('done')");
    expect(ended).toEqual({ stdout: "Usage: greet\n", stderr: "", exitCode: 0 });
  });

  test("has a help that it may have to find out", async () => {
    const ended = await runWith(["--help"], "", "async () => 'Usage: find\\n'");
    expect(ended).toEqual({ stdout: "Usage: find\n", stderr: "", exitCode: 0 });
  });

  test("finds out no help that nobody asks for", async () => {
    const ended = await runWith([], "console.log('done')", "() => { throw new Error('no'); }");
    expect(ended).toEqual({ stdout: "done\n", stderr: "", exitCode: 0 });
  });

  test("says what is wrong with its help, and exits with 1", async () => {
    const ended = await runWith(["--help"], "", "() => { throw new Error('no'); }");
    expect(ended).toEqual({ stdout: "", stderr: "no\n", exitCode: 1 });
  });
});

describe("--version", () => {
  test("names the project and its version, in any folder of it", async () => {
    const inner = join(folder, "project/functions/greet");
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(folder, "project/package.json"), '{ "name": "lucky", "version": "1.2.3" }');
    writeFileSync(join(inner, "package.json"), '{ "name": "greet" }');
    const ended = await runWith(["--version"], "", undefined, inner);
    expect(ended).toEqual({ stdout: "lucky 1.2.3\n", stderr: "", exitCode: 0 });
  });

  test("says where there is none, and exits with 1", async () => {
    const { stderr, exitCode } = await runWith(["--version"], "");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^There is no package\.json with a version in \S+ or above\.\n$/);
  });
});

describe("a failure", () => {
  test.each([
    ["a wrong call", "throw new UsageError('Give a name.')", "Give a name.\nSee --help.\n", 2],
    ["any other", "throw new RangeError('It broke.')", "It broke.\n", 1],
    ["what is no Error", "throw 'It broke.'", "It broke.\n", 1],
  ])("is one sentence without a stack: %s", async (_, work, stderr, exitCode) => {
    expect(await runWith([], work)).toEqual({ stdout: "", stderr, exitCode });
  });

  test("is a wrong call where an option is unknown", async () => {
    const { stderr, exitCode } = await runWith(["--nmae"], "parseArgs({ options: {} })");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^Unknown option '--nmae'.*\nSee --help\.\n$/s);
  });

  test("cannot act on the terminal, but keeps its lines", async () => {
    const { stderr } = await runWith([], String.raw`throw new Error("a\n\tb \x1b[2J")`);
    expect(stderr).toBe("a\n\tb \\u001b[2J\n");
  });

  test("lets the process end by itself, so what it printed arrives", async () => {
    const work = "process.stdout.write('x'.repeat(1_000_000)); throw new Error('no')";
    const { stdout, exitCode } = await runWith([], work);
    expect([stdout.length, exitCode]).toEqual([1_000_000, 1]);
  });
});

describe("a command whose stdout", () => {
  test("nobody reads any longer ends at once, quietly", async () => {
    const work = "setInterval(() => process.stdout.write('x'.repeat(1000)), 1);";
    const child = spawn(process.execPath, [writeCommand(work)]);
    const stderr = text(child.stderr);
    await once(child.stdout, "data");
    child.stdout.destroy();
    expect(await once(child, "close")).toEqual([1, null]);
    expect(await stderr).toBe("");
  });

  test.skipIf(!existsSync("/dev/full")).each(["console.log('x')", "process.stdout.write('x')"])(
    "is on a full disk says so once, and exits with 1: %s",
    async (print) => {
      const words = ["-c", '"$0" "$1" > /dev/full', process.execPath, writeCommand(`${print}; ${print};`)];
      const { stderr, exitCode } = await run("sh", words);
      expect(stderr).toMatch(/^stdout cannot be written to: ENOSPC.*\n$/);
      expect(exitCode).toBe(1);
    },
  );

  test("or stderr is closed still has its exit code", async () => {
    const words = ["-c", '"$0" "$1" >&- 2>&-', process.execPath, writeCommand("throw new UsageError('no')")];
    expect(await run("sh", words)).toEqual({ stdout: "", stderr: "", exitCode: 2 });
    const broken = spawn(process.execPath, [writeCommand("throw new UsageError('x'.repeat(1_000_000))")]);
    broken.stderr.destroy();
    expect(await once(broken, "close")).toEqual([2, null]);
  });
});

describe.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s", (signal) => {
  /** Sends the signal as soon as the command says that it is ready. */
  async function interrupt(work: string) {
    const wait = "console.log('ready'); setInterval(() => {}, 1000);";
    const child = spawn(process.execPath, [writeCommand(work + wait)]);
    const ended = endOf(child);
    await once(child.stdout, "data");
    child.kill(signal);
    return ended;
  }

  test("ends a command with 1", async () => {
    expect(await interrupt("")).toEqual({ stdout: "ready\n", stderr: "", exitCode: 1 });
  });

  test("does what was said last, and nothing of what was said before", async () => {
    const act = (word: string) => `onSignal(() => { console.log('${word}'); process.exit(7); });`;
    const ended = await interrupt(act("first") + act("last"));
    expect(ended).toEqual({ stdout: "ready\nlast\n", stderr: "", exitCode: 7 });
  });
});
