import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

/** Relative to the task root, as Lambda names it: file and export. */
export const HANDLER = "bundle.handler";

/**
 * What `sst deploy` (4.17.1) passes to its esbuild (0.27.2, as here) for a function with `format: "cjs"` and
 * `minify` on nodejs24.x, so that what runs here is byte for byte what it uploads.
 */
const asSstDoes: BuildOptions = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "es2024",
  mainFields: ["main"],
  external: ["sharp", "pg-native"],
  keepNames: true,
  minify: true,
  sourcemap: "linked",
};

/** Bundles a handler into `bundle.cjs` of that folder. Throws esbuild's BuildFailure, which names file and line. */
export async function bundleFunction(entry: string, folder: string): Promise<void> {
  await build({
    ...asSstDoes,
    entryPoints: [entry],
    outfile: join(folder, "bundle.cjs"),
    logLevel: "silent",
  });
}

/** Bundles the runtime client, because Node starts plain JavaScript sooner than TypeScript. */
export async function bundleBootstrap(folder: string): Promise<string> {
  const outfile = join(folder, "bootstrap.cjs");
  const entry = fileURLToPath(new URL("bootstrap/main.ts", import.meta.url));
  await build({ bundle: true, platform: "node", target: "node24", entryPoints: [entry], outfile });
  return outfile;
}
