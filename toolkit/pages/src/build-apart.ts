import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { BuiltSite } from "./build-in-memory.ts";

const PROGRAM = fileURLToPath(new URL("build-process.ts", import.meta.url));

/** What build-process.ts says at its end. */
export type BuildMessage = { readonly site: BuiltSite } | { readonly failure: string };

/** As buildInMemory, in a process of its own: Vite takes 400 MB, and would hold up whatever is served meanwhile. */
export async function buildApart(apiUrl: string, pages: string): Promise<BuiltSite> {
  const child = fork(PROGRAM, [apiUrl, pages], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const message = await Promise.race([
    once(child, "message").then(([said]) => said as BuildMessage), // it says nothing else
    once(child, "close").then(() => ({ failure: "The build of the page has ended without a word." })),
  ]);
  if ("failure" in message) throw new Error(message.failure);
  return message.site;
}
