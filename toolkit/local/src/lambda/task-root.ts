import { existsSync } from "node:fs";
import { cp, mkdir, readdir, realpath, stat, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Bundling } from "@lucky/application/bundling";
import { BuildError } from "./build-error.ts";

/**
 * Puts what a function brings along beside its bundle, where SST puts it, and gives the files that were copied. Packages
 * are linked: those here are for this system, and SST installs those for Lambda's. Throws a BuildError.
 */
export async function addFiles(
  entry: string,
  taskRoot: string,
  { install, copyFiles }: Bundling,
): Promise<readonly string[]> {
  for (const name of install) await linkPackage(name, dirname(entry), join(taskRoot, "node_modules", name));
  const copied = copyFiles.map(async ({ from, to }) => {
    const target = join(taskRoot, to);
    await mkdir(dirname(target), { recursive: true });
    await cp(from, target, { recursive: true, dereference: true });
    return filesOf(from);
  });
  return (await Promise.all(copied)).flat();
}

async function linkPackage(name: string, from: string, target: string): Promise<void> {
  const source = findPackage(name, from);
  if (source === undefined) {
    throw new BuildError(
      `${name} is not installed, and "install" in the package.json of the function names it: run pnpm install.`,
    );
  }
  await mkdir(dirname(target), { recursive: true });
  await symlink(await realpath(source), target, "junction"); // on Windows it needs no rights
}

/** As Node finds it, but that it need not export its package.json. */
function findPackage(name: string, from: string): string | undefined {
  const folder = join(from, "node_modules", name);
  if (existsSync(folder)) return folder;
  return from === dirname(from) ? undefined : findPackage(name, dirname(from));
}

/** The file, or those of the folder. */
async function filesOf(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}
