import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where git does not look. */
const LOCK_FILE = "node_modules/.scaffold.lock";

/** Lets one command at a time change the workspace, until its process ends. Throws an error while another does. */
export function lockWorkspace(root: string): void {
  const file = join(root, LOCK_FILE);
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    throw new Error(
      `Another pnpm new or pnpm rename is at work here. Where none is, delete ${LOCK_FILE} and try again.`,
    );
  }
  process.once("exit", () => rmSync(file, { force: true }));
}
