import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../../toolkit/command/src/child-process.ts";
import { names, type Served, serve } from "./applications.ts";
import { type Calls, expected, limits } from "./calls/expected.ts";
import { generators } from "./generators.ts";

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const CALLS = fileURLToPath(new URL("calls", import.meta.url));

/** Those whose clients are written with exactOptionalPropertyTypes in mind. */
const EXACT = ["openapi-typescript"];

/** What the compiler says of those files of a generator's; they are read as a bundler does. */
async function compile(folder: string, generator: string, include: readonly string[]): Promise<string> {
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: EXACT.includes(generator),
    noEmit: true,
    target: "es2024",
    module: "preserve",
    lib: ["es2024", "dom", "dom.iterable"],
    types: [],
    allowImportingTsExtensions: true,
  };
  const project = join(folder, "tsconfig.json");
  writeFileSync(project, JSON.stringify({ compilerOptions, include }));
  const { stdout } = await run(process.execPath, [tsc, "--project", project]);
  return stdout;
}

describe.each(names)("%s", (name) => {
  let served: Served;
  beforeAll(async () => {
    served = await serve(name);
  });
  afterAll(() => served.stop());

  describe.each(Object.entries(generators))("%s", (generator, generate) => {
    const folderOf = () => join(served.folder, generator);
    beforeAll(async () => {
      rmSync(folderOf(), { recursive: true, force: true });
      await generate(served, folderOf());
    });

    test("makes a client that compiles strictly, all of it", async () => {
      const files = readdirSync(folderOf(), { recursive: true, encoding: "utf8" }).filter((path) =>
        path.endsWith(".ts"),
      );
      expect(files).not.toEqual([]);
      for (const path of files)
        expect(readFileSync(join(folderOf(), path), "utf8"), path).not.toMatch(/@ts-(nocheck|ignore|expect)/);
      expect(await compile(served.folder, generator, [folderOf()])).toBe("");
    });

    if (name !== "fixture") return;
    const entry = join(CALLS, `${generator}.ts`);
    let calls: Calls;
    beforeAll(async () => {
      const outfile = join(served.folder, `${generator}.mjs`);
      await build({ entryPoints: [entry], bundle: true, format: "esm", platform: "node", outfile });
      calls = (await import(pathToFileURL(outfile).href)).calls(served.url);
    });

    test("takes what each kind of contract takes, and nothing else", async () => {
      expect(await compile(served.folder, generator, [entry])).toBe("");
      const wrong = join(CALLS, `wrong-${generator}.ts`);
      const source = readFileSync(entry, "utf8").replaceAll("count: 1 }", 'count: "1" }');
      writeFileSync(wrong, source.replaceAll("limit: 5", "limit: []"));
      const said = await compile(served.folder, generator, [wrong]).finally(() => rmSync(wrong));
      expect(said.match(/error TS2322/g)).toHaveLength(2);
    });

    const kinds = Object.entries(expected).filter(([kind]) => !limits[generator]?.[kind]);
    test.each(kinds)("calls: %s", async (kind, outcome) => {
      const call = calls[kind as keyof Calls]; // it has no others
      expect(await call?.()).toMatchObject(outcome);
    });
  });
});
