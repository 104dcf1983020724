import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesIn } from "./files.ts";

/**
 * The files that come to a workspace, by their paths there: to every `product`, a pipeline of its own; to a `bare` one, what
 * stands in the place of the example.
 */
export function readOverlay(kind: "product" | "bare"): ReadonlyMap<string, string> {
  const folder = fileURLToPath(new URL(`../${kind}`, import.meta.url));
  return new Map(filesIn(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}
