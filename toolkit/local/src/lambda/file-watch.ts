import { type FSWatcher, lstatSync, watch } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { ANY_NAME } from "@lucky/application/module-lookups";

export type FileWatch = {
  /**
   * Watches these paths and no others, whether there is something at them or not. Says whether one that was not watched
   * before has changed since then, in milliseconds since 1970: who has read it meanwhile has to read it again.
   */
  set(paths: Iterable<string>, since: number): boolean;
  close(): void;
};

/** File systems stamp with the time of the last tick of a clock. */
const TICK_MS = 10;
/** How the system says that a folder is not there, or none of ours. */
const MISSING: readonly string[] = ["ENOENT", "ENOTDIR", "EACCES", "EPERM"];
/** Whichever there are, one may extend another. */
const SETTINGS = /^tsconfig.*\.json$/;

/**
 * Tells of every change of the paths. It watches folders, because editors replace a file rather than write into it, and
 * those above them up to `root`, because folders come, go and are replaced as well. A library would do it with threads or
 * after a pause: a request that follows an edit could be ahead of it.
 */
export function watchPaths(root: string, onChange: () => void): FileWatch {
  let wanted: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  const watchers = new Map<string, FSWatcher>();

  function unwatch(folder: string): void {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  }

  /** Watchers stay with a folder that is moved away, and see nothing of what comes in its place. */
  function unwatchBelow(path: string): void {
    for (const folder of watchers.keys()) if (isWithin(folder, path)) unwatch(folder);
  }

  function see(folder: string, event: string, name: string | null): void {
    if (name === null) {
      onChange(); // the system does not say what it was
      return;
    }
    const path = join(folder, name);
    const isItself = event === "rename" && name === basename(folder); // or a file in it that is called as it is
    if (event === "rename") unwatchBelow(path);
    if (isItself) unwatch(folder);
    if (isItself || SETTINGS.test(name) || isWanted(folder, name)) onChange();
  }

  function isWanted(folder: string, name: string): boolean {
    const names = wanted.get(folder);
    return names !== undefined && (names.has(name) || names.has(ANY_NAME));
  }

  function start(folder: string): boolean {
    try {
      const watcher = watch(folder, { persistent: false }, (event, name) => see(folder, event, name));
      watcher.on("error", () => see(folder, "rename", basename(folder)));
      watchers.set(folder, watcher);
      return true;
    } catch (error) {
      if (!MISSING.includes(String((error as NodeJS.ErrnoException).code))) throw error; // too many are watched
      return false; // the folder above it is watched
    }
  }

  return {
    set(paths, since) {
      wanted = namesByFolder(paths, root);
      for (const folder of watchers.keys()) if (!wanted.has(folder)) unwatch(folder);
      let isOutdated = false;
      for (const [folder, names] of wanted) {
        if (watchers.has(folder) || !start(folder)) continue;
        isOutdated ||= [...names].some((name) => hasChanged(join(folder, name), since - TICK_MS));
      }
      return isOutdated;
    },
    close() {
      for (const folder of watchers.keys()) unwatch(folder);
    },
  };
}

/** Of each path the folder and the name in it; likewise of the folder itself, up to the root. */
function namesByFolder(paths: Iterable<string>, root: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  function add(path: string): void {
    const folder = dirname(path);
    const names = found.get(folder);
    if (names?.has(basename(path))) return;
    found.set(folder, (names ?? new Set()).add(basename(path)));
    if (isWithin(folder, root)) add(folder);
  }
  for (const path of paths) add(path);
  return found;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function hasChanged(path: string, since: number): boolean {
  try {
    const { mtimeMs, ctimeMs } = lstatSync(path);
    return Math.max(mtimeMs, ctimeMs) >= since;
  } catch {
    return false; // there is none
  }
}
