import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { curl } from "@lucky/gateway/curl";
import { exampleUrl } from "@lucky/gateway/url";
import { CONTRACTS, findRoot, type LambdaFunction, loadApplication } from "./application.ts";
import type { ListedFunction, Loaded } from "./load-apart.ts";
import { createLookups } from "./module-lookups.ts";

/** Loads the application of the folder that `from` is in, and notes what it is made of. To be called once in a thread. */
export async function listApplication(from: string): Promise<Loaded> {
  let root: string;
  try {
    root = findRoot(from);
  } catch (error) {
    return { application: toFailure(error), paths: new Set() };
  }
  const lookups = createLookups(root);
  registerHooks({
    resolve(specifier, context, next) {
      if (context.parentURL?.startsWith("file:")) {
        lookups.addImport(dirname(fileURLToPath(context.parentURL)), specifier);
      }
      const found = next(specifier, context);
      if (found.url.startsWith("file:")) lookups.addFile(fileURLToPath(found.url));
      return found;
    },
  });
  const application = await loadApplication(root)
    .then((loaded) => ({ ...loaded, functions: loaded.functions.map(listFunction) }))
    .catch(toFailure);
  for (const name of await namesIn(join(root, CONTRACTS))) {
    const handler = join(root, "functions", name, "src/handler.ts");
    lookups.paths.add(join(root, "functions", name, "package.json"));
    if (!existsSync(handler)) lookups.paths.add(handler); // what stands in it is none of the application's
  }
  return { application, paths: lookups.paths };
}

function toFailure(error: unknown): { readonly failure: string } {
  return { failure: error instanceof Error ? error.message : String(error) };
}

function listFunction({ contract, ...rest }: LambdaFunction): ListedFunction {
  const { method, path, summary } = contract;
  const command = curl(contract, "").slice(0, -"''".length); // an address that is empty
  return {
    ...rest,
    contract: { method, path, summary },
    curl: { command, target: exampleUrl(contract, "") },
  };
}

/** Whose functions there should be, whatever else is wrong. */
async function namesIn(contracts: string): Promise<readonly string[]> {
  const { api } = await import(pathToFileURL(contracts).href).catch(() => ({}));
  return Object.keys(Object(api));
}
