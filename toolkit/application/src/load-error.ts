import { pathToFileURL } from "node:url";

/**
 * What went wrong when a module of a workspace was loaded, in a line, and where: `Expression expected
 * (packages/contracts/src/greet.ts:7)`. Node has the place in the stack alone, as a path or as a URL.
 */
export function describeLoadError(cause: unknown, root: string): string {
  if (!(cause instanceof Error)) return String(cause);
  const { message, stack = "" } = cause;
  const [summary = ""] = message.replaceAll(`${root}/`, "").split("\n");
  const place = findPlace(stack.replace(message, ""), [`${pathToFileURL(root).href}/`, `${root}/`]);
  return place === undefined ? summary : `${summary} (${place})`;
}

/** The first file, with its line, that is in one of the folders. */
function findPlace(stack: string, folders: readonly string[]): string | undefined {
  for (const line of stack.split("\n")) {
    const folder = folders.find((each) => line.includes(each));
    const [, place] =
      /^([^():]+:\d+)/.exec(folder ? line.slice(line.indexOf(folder) + folder.length) : "") ?? [];
    if (place !== undefined && !place.includes("node_modules/")) return place;
  }
  return undefined;
}
