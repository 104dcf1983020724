import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The paths of all files in a folder, hidden ones too, from there on and with slashes. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "/").length).replaceAll("\\", "/"));
}
