import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { LambdaFunction } from "@lucky/application/application";
import type { Lookups } from "@lucky/application/module-lookups";
import { type Bundle, bundleFunction } from "./bundle.ts";
import { explainWriteError, makeReadOnly, removeBundleFolder } from "./bundle-folder.ts";

/** Whoever runs an older one has loaded it long ago. */
const KEPT = 20;

export type TaskRoots = {
  /** Makes another, and gives its folder. Rejects with a BuildError, or why there is no room for it. */
  make(
    code: Pick<LambdaFunction, "entry" | "bundling">,
    lookups: Lookups,
  ): Promise<Pick<Bundle, "warnings"> & { readonly taskRoot: string }>;
};

/** What Lambda has as LAMBDA_TASK_ROOT, of one function: a folder for each bundle. */
export function createTaskRoots(folder: string): TaskRoots {
  let version = 0;
  const made: string[] = [];
  return {
    async make({ entry, bundling }, lookups) {
      const taskRoot = join(folder, String(++version));
      for (const name of bundling?.install ?? []) lookups.addImport(dirname(entry), name);
      for (const { from } of bundling?.copyFiles ?? []) lookups.addTree(from);
      try {
        await mkdir(taskRoot, { recursive: true });
        const { warnings } = await bundleFunction(entry, taskRoot, bundling, lookups);
        await makeReadOnly(taskRoot);
        made.push(taskRoot);
        for (const old of made.splice(0, made.length - KEPT)) removeBundleFolder(old);
        return { taskRoot, warnings };
      } catch (error) {
        removeBundleFolder(taskRoot);
        throw explainWriteError(error);
      }
    },
  };
}
