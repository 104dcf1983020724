import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { names, type Served, serve } from "./applications.ts";
import { lintWithRedocly, lintWithSpectral } from "./lint.ts";

const linters = { redocly: lintWithRedocly, spectral: lintWithSpectral };

describe.each(names)("the document of the %s", (name) => {
  let served: Served;
  beforeAll(async () => {
    served = await serve(name);
  });
  afterAll(() => served.stop());

  describe.each(Object.entries(linters))("as %s sees it", (linter, lint) => {
    test("breaks no rule", async () => {
      expect(await lint(served.file)).toEqual([]);
    });

    test("would break one without its tags' descriptions and its contact", async () => {
      const file = join(served.folder, `wrong-${linter}.json`);
      const document = JSON.parse(readFileSync(served.file, "utf8"));
      writeFileSync(file, JSON.stringify({ ...document, tags: [{ name: "x" }], info: { title: "x" } }));
      expect(await lint(file)).not.toEqual([]);
    });
  });
});
