import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Bundling, MAIN_FIELDS, NEVER_BUNDLED, NO_BUNDLING } from "@lucky/application/bundling";
import type { Lookups } from "@lucky/application/module-lookups";
import { type BuildFailure, type BuildOptions, formatMessages, type Metafile } from "esbuild";
import { BuildError } from "./build-error.ts";
import { withHint } from "./build-hint.ts";
import { buildInMemory } from "./esbuild.ts";
import { addFiles } from "./task-root.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

/** Relative to the task root, as Lambda names it: file and export. */
export const HANDLER = "bundle.handler";

/**
 * What `sst deploy` (4.17.1) passes to its esbuild (0.27.2, as here) for a function as toolkit/deploy has it made, so that
 * what runs here is byte for byte what it uploads.
 */
export const asSstDoes: BuildOptions = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "es2024",
  mainFields: [...MAIN_FIELDS],
  external: [...NEVER_BUNDLED],
  keepNames: true,
  minify: true,
  sourcemap: "linked",
};

export type Bundle = {
  /** Every file that went into it, or lies beside it. */
  readonly inputs: readonly string[];
  /** Of esbuild, each with its place. */
  readonly warnings: readonly string[];
};

/**
 * Bundles a handler into `bundle.cjs` of that folder, with what it brings along beside it: the folder is then what Lambda
 * has as LAMBDA_TASK_ROOT. Throws a BuildError. Notes what the bundle depends on, even if there is none.
 */
export async function bundleFunction(
  entry: string,
  folder: string,
  bundling: Bundling = NO_BUNDLING,
  lookups?: Lookups,
): Promise<Bundle> {
  const options: BuildOptions = {
    ...asSstDoes,
    external: [...NEVER_BUNDLED, ...bundling.install],
    loader: bundling.loader,
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: join(folder, "bundle.cjs"),
    logLevel: "silent",
  };
  const { metafile, outputFiles, warnings } = await buildInMemory(options, lookups).catch(refuse);
  checkNeverBundled(metafile, bundling);
  await Promise.all(outputFiles.map(({ path, contents }) => writeFile(path, contents)));
  const sources = Object.keys(metafile.inputs).map((path) => join(ROOT, path));
  return {
    inputs: [...sources, ...(await addFiles(entry, folder, bundling))],
    warnings: await formatMessages(warnings.map(withHint), { kind: "warning" }).then(trim),
  };
}

/** What a library may import, such as pg, it may also do without; what a function imports itself it cannot. */
function checkNeverBundled({ inputs }: Metafile, { install }: Bundling): void {
  for (const [path, { imports }] of Object.entries(inputs)) {
    if (path.includes("node_modules/")) continue;
    const name = NEVER_BUNDLED.find((each) => imports.some((imported) => imported.path === each));
    if (name === undefined || install.includes(name)) continue;
    throw new BuildError(
      `${path} imports ${name}, which is never bundled. Add it to "install" of "lambda" in the package.json of the function, and to its "dependencies".`,
    );
  }
}

async function refuse(error: Partial<BuildFailure>): Promise<never> {
  const { errors = [] } = error; // of the build, if it has any
  if (errors.length === 0) throw error;
  const messages = await formatMessages(errors.map(withHint), { kind: "error" }).then(trim);
  throw new BuildError(messages.join("\n\n"));
}

const trim = (messages: readonly string[]) => messages.map((message) => message.trim());

/** Bundles the runtime client, because Node starts plain JavaScript sooner than TypeScript. */
export function bundleBootstrap(folder: string): Promise<string> {
  return bundleProgram("bootstrap/main.ts", join(folder, "bootstrap.cjs"));
}

/** Likewise what clears up after a server that has been killed. */
export function bundleWarden(folder: string): Promise<string> {
  return bundleProgram("warden-process.ts", join(folder, "warden.mjs"));
}

async function bundleProgram(source: string, outfile: string): Promise<string> {
  const { outputFiles } = await buildInMemory({
    bundle: true,
    platform: "node",
    target: "node24",
    format: outfile.endsWith(".mjs") ? "esm" : "cjs",
    entryPoints: [fileURLToPath(new URL(source, import.meta.url))],
  });
  await writeFile(outfile, outputFiles[0]?.contents ?? "");
  return outfile;
}
