import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** What Node and esbuild try behind a name that has no ending, `index` in a folder of that name included. */
const ENDINGS = [".tsx", ".ts", ".jsx", ".js", ".mjs", ".cjs", ".css", ".json"];

/** Stands for whatever is in a folder. */
export const ANY_NAME = "*";

export type Lookups = ReturnType<typeof createLookups>;

/**
 * Notes every path that decides what modules are, whether there is something at it or not: a change of any of them may
 * change a bundle. Node and esbuild tell of the files alone that they have found.
 *
 *     const lookups = createLookups(root);
 *     lookups.addFile(`${root}/packages/core/src/word.ts`); // and packages/core/package.json, ...
 *     lookups.addImport(`${root}/packages/core/src`, "zod"); // packages/core/node_modules/zod, ...
 */
export function createLookups(root: string) {
  const paths = new Set<string>();
  const folders = new Set<string>();

  /** Whatever is imported there, these are read: `exports` and `imports`, and how TypeScript is compiled. */
  function addFolder(folder: string): void {
    for (const each of upwards(folder, root)) {
      if (folders.has(each)) return;
      folders.add(each);
      paths.add(join(each, "package.json"));
      paths.add(join(each, "tsconfig.json"));
    }
  }

  function addCandidates(path: string): void {
    paths.add(path);
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) return; // as it is written, which goes first
    for (const ending of ENDINGS) paths.add(path + ending).add(join(path, `index${ending}`));
  }

  function addPackage(folder: string, specifier: string): void {
    const [scope = "", name = "", ...rest] = specifier.split("/");
    const [packageName, subpath] = scope.startsWith("@")
      ? [`${scope}/${name}`, rest.join("/")]
      : [scope, [name, ...rest].join("/")];
    for (const each of upwards(folder, root)) {
      const path = join(each, "node_modules", packageName);
      paths.add(path);
      if (!existsSync(path)) continue;
      const real = realpathSync(path); // pnpm links it
      addFolder(real);
      addCandidates(join(real, subpath));
      return;
    }
  }

  return {
    paths,
    addFile(file: string): void {
      paths.add(file);
      addFolder(dirname(file));
    },
    /** That the file, or all that is in the folder, is copied. */
    addTree(path: string): void {
      paths.add(path);
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
      paths.add(join(path, ANY_NAME));
      for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
        const each = join(entry.parentPath, entry.name);
        paths.add(entry.isDirectory() ? join(each, ANY_NAME) : each);
      }
    },
    /** That a module in that folder imports this. */
    addImport(folder: string, specifier: string): void {
      addFolder(folder);
      if (/^(?:\.{0,2}\/|\.{1,2}$)/.test(specifier)) addCandidates(resolve(folder, specifier));
      else if (!/^(?:#|\w+:)/.test(specifier)) addPackage(folder, specifier);
    },
  };
}

/** The folder and those above it, up to the root if it is in there. */
function upwards(folder: string, root: string): readonly string[] {
  const parent = dirname(folder);
  return folder === root || parent === folder ? [folder] : [folder, ...upwards(parent, root)];
}
