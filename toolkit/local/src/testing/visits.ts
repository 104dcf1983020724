import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { visits } from "@lucky/fixture";

/** What is installed for the fixture. */
const MODULES = join(dirname(visits), "node_modules");

/**
 * A copy of the fixture whose functions use tables, secrets and settings. It is removed at the end that is given:
 * `copyVisits(onTestFinished)`, or `copyVisits(afterAll)`.
 */
export function copyVisits(atEnd: (remove: () => void) => unknown): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "lucky-visits-")));
  atEnd(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
  cpSync(visits, root, { recursive: true });
  for (const name of ["@lucky/gateway", "@lucky/resources", "zod"]) {
    const link = join(root, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(MODULES, name)), link);
  }
  return root;
}
