import { execFileSync } from "node:child_process";
import { lstatSync } from "node:fs";
import { join } from "node:path";

/** What git has or would take, of files that are there. */
export function listFiles(root: string): readonly string[] {
  const words = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const files = execFileSync("git", words, { cwd: root, encoding: "utf8" }).split("\0");
  return files.filter(
    (file) => file !== "" && lstatSync(join(root, file), { throwIfNoEntry: false })?.isFile(),
  );
}
