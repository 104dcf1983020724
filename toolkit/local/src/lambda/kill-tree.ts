import { spawn } from "node:child_process";

/** Ends a process, and all that it has started, at once. It must lead a process group, except on Windows, which has none. */
export function killTree(pid: number, platform: NodeJS.Platform = process.platform): void {
  if (platform === "win32") {
    // https://learn.microsoft.com/windows-server/administration/windows-commands/taskkill
    const words = ["/pid", String(pid), "/t", "/f"];
    spawn("taskkill", words, { stdio: "ignore", windowsHide: true }).once("error", () => kill(pid));
  } else {
    kill(-pid);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended, and all that it started.
  }
}
