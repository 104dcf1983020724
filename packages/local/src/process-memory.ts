import { readFileSync } from "node:fs";

export type ProcessMemory = { readonly nowMb: number; readonly peakMb: number };

/** What a process has in memory; undefined where there is no /proc, or no such process. */
export function readMemory(pid: number | undefined): ProcessMemory | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const megabytes = (field: string) => {
      const [, kilobytes = ""] = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status) ?? [];
      return Math.ceil(Number(kilobytes) / 1024);
    };
    return { nowMb: megabytes("VmRSS"), peakMb: megabytes("VmHWM") };
  } catch {
    return undefined;
  }
}
