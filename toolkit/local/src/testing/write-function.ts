import { mkdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeApplication } from "@lucky/fixture/write-application";

/**
 * Makes an application of one function, `one`, of this handler and, besides, of these files, and gives its folder. Some
 * packages of this one's are installed there.
 */
export function writeFunction(
  handler: string,
  files: Readonly<Record<string, string>> = {},
  packages: readonly string[] = [],
): string {
  const root = writeApplication({
    "packages/contracts/src/index.ts":
      'export const api = { one: { method: "GET", path: "/one", summary: "", reply: { 204: null } } };',
    "functions/one/package.json": "{}",
    "functions/one/event.json": "{}",
    "functions/one/src/handler.ts": handler,
    ...files,
  });
  for (const name of packages) {
    const link = join(root, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url))), link);
  }
  return root;
}

export const removeApplication = (root: string) => rmSync(root, { recursive: true });
