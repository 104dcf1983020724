import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { names, type Served, serve } from "./applications.ts";
import { lintWithRedocly, lintWithSpectral } from "./lint.ts";

const linters = { redocly: lintWithRedocly, spectral: lintWithSpectral };

describe.each(names)("%s", (name) => {
  let served: Served;
  beforeAll(async () => {
    served = await serve(name);
  });
  afterAll(() => served.stop());

  describe.each(Object.entries(linters))("%s", (linter, lint) => {
    test("finds no rule broken", async () => {
      expect(await lint(served.file)).toEqual([]);
    });

    test("would find one without its tags' descriptions and its contact", async () => {
      const file = join(served.folder, `wrong-${linter}.json`);
      const document = JSON.parse(readFileSync(served.file, "utf8"));
      writeFileSync(file, JSON.stringify({ ...document, tags: [{ name: "x" }], info: { title: "x" } }));
      expect(await lint(file)).not.toEqual([]);
    });
  });
});
