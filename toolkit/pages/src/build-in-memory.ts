import { globSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { build, type Plugin } from "vite";
import { timeOf } from "./source-times.ts";
import { viteConfig } from "./vite-config.ts";

export type BuiltSite = {
  /** As they would be uploaded, by path, such as `reference/index.html`. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** See source-times.ts. */
  readonly sources: ReadonlyMap<string, number>;
};

/** See viteConfig for what it takes. Rejects with what Vite says of the mistake, in colours. */
export async function buildInMemory(apiUrl: string, pages: string): Promise<BuiltSite> {
  const started = Date.now();
  const sources = new Set<string>();
  const config = viteConfig(apiUrl, pages);
  const result = await build({
    ...config,
    logLevel: "silent",
    plugins: [config.plugins, noteSources(sources)],
    build: { ...config.build, write: false },
  });
  // Vite does not count what pages link and styles import.
  for (const file of globSync("**/*", { cwd: config.root, withFileTypes: true })) {
    if (file.isFile()) sources.add(join(file.parentPath, file.name));
  }
  const outputs = "close" in result ? [] : [result].flat(); // it does not watch
  const files = outputs.flatMap(({ output }) =>
    output.map((file): [string, Buffer] => [
      file.fileName,
      Buffer.from(file.type === "chunk" ? file.code : file.source),
    ]),
  );
  return {
    files: new Map(files),
    sources: new Map([...sources].map((file) => [file, timeOf(file, started)] as const)),
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
