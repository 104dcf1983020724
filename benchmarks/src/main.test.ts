import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { OURS } from "./subjects.ts";

const program = [fileURLToPath(new URL("../run.ts", import.meta.url)), "bench"];
const onLinux = process.platform === "linux";

async function bench(...words: string[]) {
  const child = spawn(process.execPath, [...program, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { stdout, stderr, exitCode: child.exitCode };
}

describe.each([
  ["an unknown measure", ["--only", "cold,heat"], 'not "heat"'],
  ["an option that is none", ["--fast"], "--fast"],
  ["a word that is no option", ["cold"], "cold"],
  ["a handler that is not there", ["--beside", "nowhere.ts"], "There is no file nowhere.ts."],
  ["results of some measures", ["--write", "--only", "size"], "leave --only out"],
  ["results of somebody else's handler", ["--write", "--beside", "package.json"], "leave --beside out"],
])("called with %s", (_, words, message) => {
  test("it exits with 2 and says what to do", async () => {
    const { stdout, stderr, exitCode } = await bench(...words);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(message);
  });
});

test("--help tells every option", async () => {
  const { stdout, exitCode } = await bench("--help");
  expect(exitCode).toBe(0);
  for (const option of ["--only", "--quick", "--beside", "--check", "--write", "--json"]) {
    expect(stdout).toContain(option);
  }
});

test.runIf(onLinux)("--json prints the result and nothing else", async () => {
  const { stdout, exitCode } = await bench("--only", "size", "--json");
  expect(exitCode).toBe(0);
  const { figures, summary, budgets } = JSON.parse(stdout);
  expect(Object.keys(figures)).toEqual(["size.minified", "size.gzipped"]);
  expect(figures["size.gzipped"][OURS][0]).toBeLessThan(figures["size.minified"][OURS][0]);
  expect(summary["size.minified"][OURS].median).toBe(figures["size.minified"][OURS][0]);
  expect(budgets.map(({ status }: { status: string }) => status)).toContain("unmeasured");
});

test.runIf(onLinux)("a signal ends what it has started, and leaves no folder behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lucky-signal-"));
  const child = spawn(process.execPath, [...program, "--only", "warm"], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGINT");
    rmSync(folder, { recursive: true });
  });
  await waitFor(child.stderr, "warm time in process");
  const children = await vi.waitUntil(() => workersOf(child.pid), { timeout: 30_000 });
  expect(readdirSync(folder)).not.toEqual([]);
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([1, null]);
  expect(readdirSync(folder)).toEqual([]);
  await vi.waitUntil(() => children.every((pid) => !isAlive(pid)), { timeout: 30_000 });
});

async function waitFor(stream: Readable, text: string): Promise<void> {
  let output = "";
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    output += chunk;
    if (output.includes(text)) return;
  }
  throw new Error(output);
}

/** The pids of all children of a process, once one of them measures; undefined until then. */
function workersOf(pid: number | undefined): readonly number[] | undefined {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  const commands = children.map((each) => commandOf(Number(each)));
  return commands.some((command) => command.includes("warm-worker")) ? children.map(Number) : undefined;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // it has ended meanwhile
  }
}

function isAlive(pid: number): boolean {
  return commandOf(pid) !== "";
}
