import { join } from "node:path";

/** The folder of the whole workspace. */
const WORKSPACE = join(import.meta.dirname, "../../..");

/** `*`: Node puts what it looks for in its place. `?`: Vite cuts a path there, so there is no page. */
export const BREAKS_COMMANDS = /[*?]/g;
/** `#`, `%`: Vitest takes what it runs for a URL. `'`: SST writes the path into quotes of its own. */
export const BREAKS_TESTS = /[*?#%']/g;

/** Throws an error that says what to do where the workspace's path has one of those characters. */
export function checkFolderName(characters: RegExp, folder = WORKSPACE): void {
  const found = new Set(folder.match(characters));
  if (found.size === 0) return;
  throw new Error(
    `The path of this folder has ${[...found].join(" and ")} in it, which a tool that it runs on cannot load from: ${folder}\nRename it, or move the project.`,
  );
}
