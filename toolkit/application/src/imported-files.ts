import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { NO_BUNDLING } from "./bundling.ts";

/** esbuild's own, for .txt; and of ours those that are no code, by what they make of a file. */
const MADE: Readonly<Record<string, (bytes: Buffer) => string>> = {
  text: (bytes) => JSON.stringify(bytes.toString()),
  base64: (bytes) => JSON.stringify(bytes.toString("base64")),
  binary: (bytes) => `Uint8Array.from([${bytes.join()}])`,
};

/**
 * A plugin of Vite's, for tests that import a handler: a file of another kind, such as SQL, is there what it is in the
 * function's bundle.
 */
export function importedFiles(): { name: string; enforce: "pre"; load(id: string): string | undefined } {
  return {
    name: "imported-files",
    enforce: "pre",
    load(id) {
      if (!id.startsWith("/") && !/^[a-z]:/i.test(id)) return undefined;
      const make = MADE[loaderOf(id) ?? ""];
      return make && `export default ${make(readFileSync(id))};`;
    },
  };
}

/** By the "loader" of the package that a file is part of. */
function loaderOf(file: string): string | undefined {
  const end = extname(file);
  if (end === "" || file.includes("/node_modules/") || file.includes("?")) return undefined;
  const defaults: Readonly<Record<string, string>> = { ".txt": "text", ...NO_BUNDLING.loader };
  return ownLoaders(dirname(file))[end] ?? defaults[end];
}

function ownLoaders(folder: string): Readonly<Record<string, string>> {
  const file = join(folder, "package.json");
  if (existsSync(file)) {
    const { lambda } = JSON.parse(readFileSync(file, "utf8")) as {
      lambda?: { loader?: Record<string, string> };
    }; // checked where it is loaded
    return lambda?.loader ?? {};
  }
  return folder === dirname(folder) ? {} : ownLoaders(dirname(folder));
}
