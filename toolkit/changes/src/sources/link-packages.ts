import { existsSync, globSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { CONTRACTS } from "@lucky/application/application";

type Manifest = { readonly name?: string; readonly dependencies?: Readonly<Record<string, string>> };

/**
 * Makes the packages that the contracts of a checkout import be there, without an install: those of the workspace are the
 * checkout's own, any other is the one that `installed` has now.
 */
export function linkPackages(checkout: string, installed: string): void {
  const folders = globSync(["*/package.json", "*/*/package.json"], { cwd: checkout }).map(dirname);
  const manifests = new Map(folders.map((folder) => [folder, readManifest(join(checkout, folder))]));
  const folderOf = new Map([...manifests].map(([folder, { name }]) => [name, folder]));
  const linked = new Set<string>();
  const link = (folder: string) => {
    if (linked.has(folder)) return;
    linked.add(folder);
    for (const name of Object.keys(manifests.get(folder)?.dependencies ?? {})) {
      const own = folderOf.get(name);
      const target = own === undefined ? findInstalled(name, folder, installed) : join(checkout, own);
      if (target !== undefined) linkTo(target, join(checkout, folder, "node_modules", name));
      if (own !== undefined) link(own);
    }
  };
  link(dirname(dirname(CONTRACTS)));
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** Where a package of that folder has it, or all of the workspace, or pnpm keeps it. */
function findInstalled(name: string, folder: string, root: string): string | undefined {
  const places = [folder, ".", "node_modules/.pnpm"].map((place) => join(root, place, "node_modules", name));
  const found = places.find((place) => existsSync(place));
  return found === undefined ? undefined : realpathSync(found);
}

function linkTo(target: string, link: string): void {
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(target, link, "junction");
}
