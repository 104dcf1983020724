import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";

/**
 * Puts a program in the place of pnpm, until `vi.unstubAllEnvs`: it notes in the folder that it runs in how it is called, and
 * then does that. `words` is what it is called with, in one text.
 */
export function replacePnpm(folder: string, body = ""): void {
  const file = join(folder, "pnpm.mjs");
  const note = 'const words = process.argv.slice(2).join(" "); appendFileSync("calls", words + "\\n");';
  writeFileSync(file, `import { appendFileSync } from "node:fs"; ${note} ${body}`);
  vi.stubEnv("npm_execpath", file);
}

/** How that program was called in the folder, each time. */
export function callsOfPnpm(folder: string): readonly string[] {
  const file = join(folder, "calls");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}
