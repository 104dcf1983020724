import { existsSync, type FSWatcher, watch } from "node:fs";
import { dirname, join } from "node:path";

export type FileWatch = {
  /** Watches these files and no others. */
  set(files: readonly string[]): void;
  /** Whether one of their folders has gone, so that what comes in its place is not seen before the next `set`. */
  hasLost(): boolean;
  close(): void;
};

/**
 * Tells of every change in the folders of the files, and whether it is of one of them. It watches folders, because
 * editors replace a file rather than write into it.
 */
export function watchFiles(onChange: (isWatched: boolean) => void): FileWatch {
  let watched: ReadonlySet<string> = new Set();
  let hasLost = false;
  const folders = new Map<string, FSWatcher>();

  function unwatch(folder: string): void {
    folders.get(folder)?.close();
    folders.delete(folder);
  }

  function lose(folder: string): void {
    unwatch(folder);
    hasLost = true;
    onChange(true);
  }

  return {
    hasLost: () => hasLost,
    set(files) {
      hasLost = false;
      watched = new Set(files);
      const wanted = new Set(
        files.map((file) => dirname(file)).filter((folder) => !folder.includes("node_modules")),
      );
      for (const folder of folders.keys()) if (!wanted.has(folder)) unwatch(folder);
      for (const folder of wanted) {
        if (folders.has(folder)) continue;
        const watcher = watch(folder, (_, name) => {
          if (!existsSync(folder)) lose(folder);
          else onChange(name !== null && watched.has(join(folder, name)));
        });
        watcher.on("error", () => lose(folder));
        folders.set(folder, watcher);
      }
    },
    close() {
      for (const folder of folders.keys()) unwatch(folder);
    },
  };
}
