import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

type Project = { readonly name: string; readonly version: string };

/** The nearest package.json with a version, from a folder upwards: a project has one, its packages do not. */
export function findProject(from = process.cwd()): Project {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    const { name, version } = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
    if (version !== undefined) return { name, version };
    if (folder === dirname(folder)) {
      throw new Error(`There is no package.json with a version in ${resolve(from)} or above.`);
    }
  }
}
