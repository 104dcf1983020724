import { rmSync } from "node:fs";
import { join } from "node:path";
import { writeApplication } from "@lucky/fixture/write-application";
import { expect, onTestFinished, test } from "vitest";
import { importedFiles } from "./imported-files.ts";

const root = writeApplication({
  "functions/one/package.json":
    '{ "lambda": { "loader": { ".html": "text", ".png": "base64", ".css": "css" } } }',
  "functions/one/src/query.sql": "select 'ä';",
  "functions/one/src/note.txt": "note",
  "functions/one/src/add.wasm": "\0asm",
  "functions/one/src/page.html": "<p>",
  "functions/one/src/image.png": "png",
  "functions/one/src/code.css": "a{}",
  "functions/one/src/code.ts": "",
  "functions/two/package.json": "{}",
  "functions/two/src/page.html": "<p>",
});

/** What a test that imports such a file has as its default. */
async function load(file: string): Promise<unknown> {
  const source = importedFiles().load(join(root, "functions", file));
  if (source === undefined) return undefined;
  return (await import(`data:text/javascript,${encodeURIComponent(source)}`)).default;
}

test("a test that imports a handler has files of other kinds as its bundle has them", async () => {
  onTestFinished(() => rmSync(root, { recursive: true }));
  expect(await load("one/src/query.sql")).toBe("select 'ä';");
  expect(await load("one/src/note.txt")).toBe("note");
  expect(await load("one/src/add.wasm")).toEqual(new Uint8Array([0, 97, 115, 109]));
  expect(await load("one/src/page.html")).toBe("<p>");
  expect(await load("one/src/image.png")).toBe("cG5n");
  for (const file of ["one/src/code.css", "one/src/code.ts", "two/src/page.html"])
    expect(await load(file)).toBeUndefined();
  expect(importedFiles().load("\0virtual:a.sql")).toBeUndefined();
});
