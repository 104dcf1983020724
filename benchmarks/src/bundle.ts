import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { asSstDoes } from "@lucky/local/bundle";
import { type BuildOptions, build } from "esbuild";
import type { Subject } from "./subjects.ts";

export type Size = { readonly minified: number; readonly gzipped: number };

/** A folder with a subject's bundle, ready to run, and its size in bytes. */
export type Bundle = { readonly taskRoot: string; readonly file: string; readonly size: Size };

/** What `sst deploy` passes in the place of those, for a function whose format it is not told. */
const esm: BuildOptions = {
  format: "esm",
  mainFields: ["module", "main"],
  banner: {
    js: [
      `import { createRequire as topLevelCreateRequire } from 'module';`,
      `const require = topLevelCreateRequire(import.meta.url);`,
      `import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url"`,
      `const __filename = topLevelFileUrlToPath(import.meta.url)`,
      `const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url))`,
    ].join("\n"),
  },
};

/** Bundles a handler as SST does for production, without its source map. */
export async function bundle(
  { entry, format }: Pick<Subject, "entry" | "format">,
  taskRoot: string,
): Promise<Bundle> {
  await mkdir(taskRoot, { recursive: true });
  const file = join(taskRoot, format === "esm" ? "bundle.mjs" : "bundle.cjs");
  await build({
    ...asSstDoes,
    ...(format === "esm" && esm),
    sourcemap: false,
    entryPoints: [entry],
    outfile: file,
    logLevel: "error",
  });
  return { taskRoot, file, size: sizeOf(readFileSync(file)) };
}

function sizeOf(content: Buffer): Size {
  return { minified: content.length, gzipped: gzipSync(content, { level: 9 }).length };
}
