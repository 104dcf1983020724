import { type FSWatcher, watch } from "node:fs";
import { dirname, join } from "node:path";

export type FileWatch = {
  /** Watches these files and no others. */
  set(files: readonly string[]): void;
  close(): void;
};

/**
 * Tells of every change in the folders of the files: which file, and whether it is one of them. It watches folders,
 * because editors replace a file rather than write into it.
 */
export function watchFiles(onChange: (isWatched: boolean) => void): FileWatch {
  let watched: ReadonlySet<string> = new Set();
  const folders = new Map<string, FSWatcher>();

  return {
    set(files) {
      watched = new Set(files);
      const wanted = new Set(
        files.map((file) => dirname(file)).filter((folder) => !folder.includes("node_modules")),
      );
      for (const [folder, watcher] of folders) {
        if (wanted.has(folder)) continue;
        watcher.close();
        folders.delete(folder);
      }
      for (const folder of wanted) {
        if (folders.has(folder)) continue;
        const watcher = watch(folder, (_, name) =>
          onChange(name !== null && watched.has(join(folder, name))),
        );
        watcher.on("error", () => folders.delete(folder)); // the folder is gone; a later build tells what is missing
        folders.set(folder, watcher);
      }
    },
    close() {
      for (const watcher of folders.values()) watcher.close();
      folders.clear();
    },
  };
}
