import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export type ProcessMemory = { readonly nowMb: number; readonly peakMb: number };

/** What a process has in memory; undefined where the system does not tell, or there is no such process. */
export function readMemory(pid: number | undefined): ProcessMemory | undefined {
  if (pid === undefined) return undefined;
  try {
    return process.platform === "linux" ? readProc(pid) : readPs(pid);
  } catch {
    return undefined;
  }
}

function readProc(pid: number): ProcessMemory {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (field: string) => {
    const [, kilobytes = ""] = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status) ?? [];
    return Math.ceil(Number(kilobytes) / 1024);
  };
  return { nowMb: megabytes("VmRSS"), peakMb: megabytes("VmHWM") };
}

/** macOS; it keeps no peak. */
function readPs(pid: number): ProcessMemory {
  const kilobytes = execFileSync("ps", ["-o", "rss=", "-p", String(pid)], {
    encoding: "utf8",
    stdio: "pipe",
  });
  const nowMb = Math.ceil(Number(kilobytes) / 1024);
  return { nowMb, peakMb: nowMb };
}
