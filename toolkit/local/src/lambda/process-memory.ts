import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";

export type ProcessMemory = { readonly nowMb: number; readonly peakMb: number };

/** Reads the memory of a process now and then. */
export type MemoryWatch = {
  /** Undefined while the system has told nothing. Where asking costs next to nothing, not much older than the last check. */
  peakMb(): number | undefined;
  stop(): void;
};

/** How often it is read on Linux, where that is a matter of microseconds, and elsewhere, where it takes a process. */
const PROC_MS = 100;
const PS_MS = 500;

/**
 * Watches the memory of a process: on Linux in /proc; elsewhere by one `ps` for all of them, which nothing waits for; on Windows
 * not at all, which has no such program. `onRead` is told of each reading.
 */
export function watchMemory(
  pid: number | undefined,
  onRead: (memory: ProcessMemory) => void,
  platform: NodeJS.Platform = process.platform,
): MemoryWatch {
  if (pid === undefined || platform === "win32") return { peakMb: () => undefined, stop() {} };
  return platform === "linux" ? watchProc(pid, onRead) : watchPs(pid, onRead);
}

function watchProc(pid: number, onRead: (memory: ProcessMemory) => void): MemoryWatch {
  let lastRead = 0;
  let peakMb: number | undefined;
  function read(): void {
    lastRead = performance.now();
    const memory = readProc(pid);
    if (memory === undefined) return;
    peakMb = Math.max(memory.peakMb, peakMb ?? 0); // one that has ended has none
    onRead(memory);
  }
  const timer = setInterval(read, PROC_MS).unref();
  return {
    peakMb() {
      if (performance.now() - lastRead > PROC_MS || peakMb === undefined) read();
      return peakMb;
    },
    stop: () => clearInterval(timer),
  };
}

/** Undefined if there is no such process. */
function readProc(pid: number): ProcessMemory | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const megabytes = (field: string) =>
      toMegabytes(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1]);
    return { nowMb: megabytes("VmRSS"), peakMb: megabytes("VmHWM") };
  } catch {
    return undefined;
  }
}

/** Told of what `ps` says of their process. */
const watchers = new Map<number, (nowMb: number) => void>();
let isReading = false;

function watchPs(pid: number, onRead: (memory: ProcessMemory) => void): MemoryWatch {
  let peakMb: number | undefined;
  watchers.set(pid, (nowMb) => {
    peakMb = Math.max(nowMb, peakMb ?? 0); // `ps` keeps none
    onRead({ nowMb, peakMb });
  });
  if (!isReading) setTimeout(readPs, PS_MS).unref();
  isReading = true;
  return {
    peakMb: () => peakMb,
    stop: () => watchers.delete(pid),
  };
}

/** Asks for all at once, and again when that has been answered for a while. */
function readPs(): void {
  isReading = watchers.size > 0;
  if (!isReading) return;
  const words = ["-o", "pid=,rss=", "-p", [...watchers.keys()].join()];
  execFile("/bin/ps", words, (_, stdout) => {
    for (const [, pid, kilobytes] of stdout.matchAll(/^\s*(\d+)\s+(\d+)\s*$/gm)) {
      watchers.get(Number(pid))?.(toMegabytes(kilobytes));
    }
    setTimeout(readPs, PS_MS).unref();
  });
}

function toMegabytes(kilobytes = "0"): number {
  return Math.ceil(Number(kilobytes) / 1024);
}
