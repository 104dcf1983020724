import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { askToEnd } from "./signals.ts";

const CHECK_MS = 1000;
const RUNNER = /^(?:np[mx]|pnpm)(?:-cli)?(?:\.[cm]?js|\.exe)?$/;
const SHELL = /^(?:ba|da|z|a)?sh$/;

type Link = { readonly parent: number; readonly command: string };
/** What there is to know of a process; undefined where it has ended, or the system does not tell. */
export type ReadLink = (pid: number) => Link | undefined;

/**
 * Asks this process to end, as SIGTERM would, when an npx or pnpm that it was started by has ended. `npx pnpm start` is npx, a
 * shell, pnpm, a shell and Node: a signal to npx alone (an editor or a supervisor sends such; Ctrl-C reaches all of them)
 * ends npx and its shell, and nobody says so to pnpm. Whatever started npx may end: `nohup npx pnpm start &` goes on.
 */
export function endWithAncestors(): void {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const runners = runnersOf(process.ppid, process.platform === "linux" ? readProc : readPs);
  if (runners.length === 0) return;
  const timer = setInterval(() => {
    if (runners.every(isAlive)) return;
    clearInterval(timer);
    askToEnd();
  }, CHECK_MS).unref();
}

/**
 * The processes from that one upwards to the last npm, npx or pnpm, as long as there is nothing but these and the shells that
 * they start scripts with.
 */
export function runnersOf(pid: number, read: ReadLink): readonly number[] {
  const pids: number[] = [];
  let length = 0;
  for (let link = read(pid); link !== undefined; link = read(pid)) {
    const [first, second] = wordsOf(link.command);
    const isRunner = RUNNER.test(first) || RUNNER.test(second);
    if (!isRunner && !(SHELL.test(first) && second === "-c")) break;
    pids.push(pid);
    if (isRunner) length = pids.length;
    pid = link.parent;
  }
  return pids.slice(0, length);
}

/** The first two words of a command line, without the folders of files. */
function wordsOf(command: string): [string, string] {
  const [first = "", second = ""] = command.trim().split(/\s+/);
  return [first.replace(/.*\//, ""), second.replace(/.*\//, "")];
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function readProc(pid: number): Link | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name before it may have any character
    return {
      parent: Number(parent),
      command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " "),
    };
  } catch {
    return undefined;
  }
}

/** Of macOS and the like; undefined also where there is no ps. */
export function readPs(pid: number): Link | undefined {
  try {
    const line = execFileSync("ps", ["-o", "ppid=,args=", "-p", String(pid)], { encoding: "utf8" });
    const [, parent, command = ""] = /^\s*(\d+)\s+(.*)/.exec(line) ?? [];
    return { parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  // One that nobody has waited for is still there, without a command: in a container whose first process waits for none.
  if (process.platform === "linux") return Boolean(readProc(pid)?.command);
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"; // it is another user's
  }
}
