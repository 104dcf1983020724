import { spawn } from "node:child_process";
import { once } from "node:events";
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, onTestFinished, test } from "vitest";
import { endOf, endProcess, run, untilPrinted } from "./child-process.ts";

const node = (code: string, options?: Parameters<typeof run>[2]) =>
  run(process.execPath, ["--eval", code], options);
const WAITS = "setInterval(() => {}, 1000)";

describe("a program that is run", () => {
  test("gives what it printed on either stream, and its exit code", async () => {
    const code = "console.log('out'); console.error('err'); process.exitCode = 3;";
    expect(await node(code)).toEqual({ stdout: "out\n", stderr: "err\n", exitCode: 3 });
  });

  test("has the folder, the variables and the input that it is given", async () => {
    const code = `process.stdin.on("data", (data) => console.log(process.cwd(), process.env.WORD, String(data)));`;
    const { stdout } = await node(code, { cwd: tmpdir(), env: { WORD: "word" }, input: "input" });
    expect(stdout).toBe(`${realpathSync(tmpdir())} word input\n`);
  });

  test("finds its input empty, and does not wait for more", async () => {
    const { stdout } = await node(`process.stdin.on("end", () => console.log("end")).resume();`);
    expect(stdout).toBe("end\n");
  });

  test("need not read its input", async () => {
    expect(await node("", { input: "x".repeat(10_000_000) })).toMatchObject({ exitCode: 0 });
  });

  test("has no exit code if a signal ended it", async () => {
    expect(await node("process.kill(process.pid, 'SIGKILL')")).toMatchObject({ exitCode: null });
  });

  test("rejects where there is no such program", async () => {
    await expect(run("/no/such/program", [])).rejects.toThrow("ENOENT");
  });

  test.each([
    ["before it starts", (stop: AbortController) => stop.abort()],
    ["while it runs", (stop: AbortController) => setImmediate(() => stop.abort())],
  ])("ends, and rejects, when it is stopped %s", async (_, abort) => {
    const stop = new AbortController();
    abort(stop);
    await expect(node(WAITS, { stop: stop.signal })).rejects.toThrow("Stopped.");
  });
});

test("a process whose streams go elsewhere has printed nothing, as far as its end says", async () => {
  const child = spawn(process.execPath, ["--eval", "console.log('x')"], { stdio: "ignore" });
  expect(await endOf(child)).toEqual({ stdout: "", stderr: "", exitCode: 0 });
});

describe("what a process that goes on prints", () => {
  function start(code: string) {
    const child = spawn(process.execPath, ["--eval", code]);
    onTestFinished(() => endProcess(child));
    return child;
  }

  test("is waited for, however many pieces it comes in", async () => {
    const child = start(`console.log("one"); process.stdin.once("data", () => console.log("two"));`);
    child.stdout.once("data", () => child.stdin.write("go on"));
    expect(await untilPrinted(child, ["two", "one"])).toBe("one\ntwo\n");
  });

  test("may be on the other stream", async () => {
    const child = start(`console.error("ready"); ${WAITS}`);
    expect(await untilPrinted(child, ["ready"], child.stderr)).toBe("ready\n");
  });

  test("goes on to be read, so that it need not wait for its reader", async () => {
    const child = start(`console.log("ready"); console.log("x".repeat(10_000_000));`);
    const ended = once(child, "close");
    await untilPrinted(child, ["ready"]);
    expect(await ended).toEqual([0, null]);
  });

  test("is told where it ends too soon", async () => {
    await expect(untilPrinted(start('console.log("no port")'), ["ready"])).rejects.toThrow("no port");
  });

  test("is not waited for where there is no such program", async () => {
    await expect(untilPrinted(spawn("/no/such/program"), ["ready"])).rejects.toThrow("ENOENT");
  });

  test("ends with it, and it may have ended before", async () => {
    const child = start(`console.log("ready"); ${WAITS}`);
    await untilPrinted(child, ["ready"]);
    await endProcess(child);
    expect(child.signalCode).toBe("SIGTERM");
    await endProcess(child);
  });
});
