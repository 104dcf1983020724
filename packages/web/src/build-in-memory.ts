import { statSync } from "node:fs";
import { isAbsolute } from "node:path";
import { build, type Plugin } from "vite";
import { viteConfig } from "./vite-config.ts";

/** The site's files, as they would be uploaded. */
export type BuiltSite = {
  /** By path, such as `reference/index.html`. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Whether a source has changed since. */
  isStale(): boolean;
};

/** See viteConfig for what it takes. Rejects with what Vite says of the mistake, in colours. */
export async function buildInMemory(apiUrl: string, pages?: string): Promise<BuiltSite> {
  const started = Date.now();
  const sources = new Set<string>();
  const config = viteConfig(apiUrl, pages);
  const result = await build({
    ...config,
    logLevel: "silent",
    plugins: [config.plugins, noteSources(sources)],
    build: { ...config.build, write: false },
  });
  const outputs = "close" in result ? [] : [result].flat(); // it does not watch
  const files = outputs.flatMap(({ output }) =>
    output.map((file): [string, Buffer] => [
      file.fileName,
      Buffer.from(file.type === "chunk" ? file.code : file.source),
    ]),
  );
  // What has changed while it was being built may be in it or not: it has no time, and so is stale.
  const times = new Map([...sources].map((file) => [file, timeOf(file)] as const));
  for (const [file, time] of times) if (time >= started) times.set(file, Number.NaN);
  return {
    files: new Map(files),
    isStale: () => [...times].some(([file, time]) => timeOf(file) !== time),
  };
}

function noteSources(sources: Set<string>): Plugin {
  return {
    name: "note-sources",
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const [file = ""] = id.split("?");
        if (isAbsolute(file) && !file.includes("node_modules")) sources.add(file); // else it is Vite's own, or never edited
      }
    },
  };
}

/** When it was last written, in milliseconds; 0 if it is gone. */
function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
