import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { linkTree } from "./link-tree.ts";
import { WORKSPACE } from "./workspace.ts";

const FOLDERS = ["packages", "functions", "infra"];
const FILES = [
  "package.json",
  "pnpm-workspace.yaml",
  "pnpm-lock.yaml",
  "tsconfig.base.json",
  "tsconfig.json",
  "sst.config.ts",
];

/**
 * Copies an application's sources without tests and what was built of them. The toolkit and what is installed are linked,
 * and so is SST's platform.
 */
export function copyApplication(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of [...FOLDERS, ...FILES]) {
    if (!existsSync(join(from, name))) continue;
    cpSync(join(from, name), join(to, name), {
      recursive: true,
      verbatimSymlinks: true, // so that its packages find each other in the copy
      filter: (path) => ![".turbo", "dist"].includes(basename(path)) && !path.endsWith(".test.ts"),
    });
  }
  symlinkSync(join(WORKSPACE, "toolkit"), join(to, "toolkit"));
  if (existsSync(join(from, "node_modules")))
    symlinkSync(join(from, "node_modules"), join(to, "node_modules"));
  else linkToolkit(join(to, "node_modules"));
  linkTree(join(WORKSPACE, ".sst/platform"), join(to, ".sst/platform"));
  cpSync(join(WORKSPACE, ".sst/provider-lock.json"), join(to, ".sst/provider-lock.json"));
}

/** For an application that is no workspace of its own, with nothing installed: the toolkit's packages, and zod. */
function linkToolkit(modules: string): void {
  mkdirSync(join(modules, "@lucky"), { recursive: true });
  for (const folder of readdirSync(join(WORKSPACE, "toolkit"))) {
    const path = join(WORKSPACE, "toolkit", folder);
    const manifest = join(path, "package.json");
    if (!existsSync(manifest)) continue;
    const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { name: string }; // a package's
    symlinkSync(path, join(modules, name));
  }
  symlinkSync(
    realpathSync(fileURLToPath(new URL("../node_modules/zod", import.meta.url))),
    join(modules, "zod"),
  );
}
