import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Lookups } from "@lucky/application/module-lookups";
import { type BuildFailure, type BuildOptions, formatMessages } from "esbuild";
import { buildInMemory } from "./esbuild.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

/** Relative to the task root, as Lambda names it: file and export. */
export const HANDLER = "bundle.handler";

/**
 * What `sst deploy` (4.17.1) passes to its esbuild (0.27.2, as here) for a function with `format: "cjs"` and
 * `minify` on nodejs24.x, so that what runs here is byte for byte what it uploads.
 */
export const asSstDoes: BuildOptions = {
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

/**
 * Bundles a handler into `bundle.cjs` of that folder, and gives every file that went into it. Throws a BuildError. Notes
 * what the bundle depends on, even if there is none.
 */
export async function bundleFunction(
  entry: string,
  folder: string,
  lookups?: Lookups,
): Promise<readonly string[]> {
  const outfile = join(folder, "bundle.cjs");
  const options: BuildOptions = {
    ...asSstDoes,
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    logLevel: "silent",
  };
  try {
    const { metafile, outputFiles } = await buildInMemory(options, lookups);
    await Promise.all(outputFiles.map(({ path, contents }) => writeFile(path, contents)));
    return Object.keys(metafile.inputs).map((path) => join(ROOT, path));
  } catch (error) {
    const { errors = [] } = error as Partial<BuildFailure>; // of the build, if it has any
    if (errors.length === 0) throw error;
    throw new BuildError((await formatMessages(errors, { kind: "error" })).join("").trim());
  }
}

/** Thrown where a bundle cannot be made; the message has every mistake with its place and its line. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/** Bundles the runtime client, because Node starts plain JavaScript sooner than TypeScript. */
export async function bundleBootstrap(folder: string): Promise<string> {
  const outfile = join(folder, "bootstrap.cjs");
  const entry = fileURLToPath(new URL("bootstrap/main.ts", import.meta.url));
  const { outputFiles } = await buildInMemory({
    bundle: true,
    platform: "node",
    target: "node24",
    entryPoints: [entry],
  });
  await writeFile(outfile, outputFiles[0]?.contents ?? "");
  return outfile;
}
