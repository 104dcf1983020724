import { dirname, join } from "node:path";
import type { Lookups } from "@lucky/application/module-lookups";
import { type BuildOptions, type BuildResult, build, type Plugin, stop } from "esbuild";

type Built = BuildResult<{ metafile: true; write: false }>;

/** Counts esbuild's processes: there is one at a time, for all builds. */
let processCount = 0;

/**
 * As esbuild's `build`, in memory: its own process would go on writing when this one has been told to end. Notes in `lookups`
 * what the build depends on, even if it fails.
 */
export async function buildInMemory(options: BuildOptions, lookups?: Lookups): Promise<Built> {
  try {
    const built = await buildInAnyProcess(options);
    if (lookups) noteInputs(built, options.absWorkingDir ?? process.cwd(), lookups);
    return built;
  } catch (error) {
    if (!lookups || !isBuildFailure(error)) throw error;
    // What it has looked at before it failed is known to plugins alone, which make every build slower.
    return await buildInAnyProcess({ ...options, plugins: [noteLookups(lookups)] });
  }
}

/** Starts esbuild's process again where it has been killed, which its library does not. */
async function buildInAnyProcess(options: BuildOptions): Promise<Built> {
  const used = processCount;
  try {
    return await build({ ...options, metafile: true, write: false });
  } catch (error) {
    if (isBuildFailure(error)) throw error;
    if (used === processCount) {
      processCount++; // what fails together with this build need not stop the next process
      stop();
    }
    return build({ ...options, metafile: true, write: false });
  }
}

/** It could not bundle that, whereas its own process did well. */
function isBuildFailure(error: unknown): boolean {
  return error instanceof Error && "errors" in error;
}

function noteInputs({ metafile }: Built, folder: string, lookups: Lookups): void {
  for (const [path, { imports }] of Object.entries(metafile.inputs)) {
    const file = join(folder, path);
    lookups.addFile(file);
    for (const { original, external } of imports) {
      if (original !== undefined && !external) lookups.addImport(dirname(file), original);
    }
  }
}

function noteLookups(lookups: Lookups): Plugin {
  return {
    name: "note-lookups",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, resolveDir }) => {
        lookups.addImport(resolveDir, path);
        return undefined;
      });
      onLoad({ filter: /.*/ }, ({ path }) => {
        lookups.addFile(path);
        return undefined;
      });
    },
  };
}
