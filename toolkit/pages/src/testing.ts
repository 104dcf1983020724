import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { endProcess, untilPrinted } from "@lucky/command/child-process";

export type ServedSite = {
  /** Such as `http://localhost:3000/`. */
  readonly url: string;
  stop(): Promise<void>;
};

/**
 * Serves the site of a folder with pages on a free port, in a process of its own, for an API elsewhere.
 *
 *     const site = await serveSite("packages/web", "https://api.example.com");
 *     await fetch(site.url).finally(() => site.stop());
 */
export async function serveSite(folder: string, apiUrl: string): Promise<ServedSite> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("serve.ts", import.meta.url)), "0"], {
    cwd: folder,
    env: { ...process.env, VITE_API_URL: apiUrl },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const printed = await untilPrinted(child, ["http://localhost:", "\n"]);
  return { url: /http:\S+/.exec(printed)?.[0] ?? "", stop: () => endProcess(child) };
}
