import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const rooms = globSync("toolkit/*/package.json", { cwd: root }).flatMap((file) => {
  const { name, scripts } = JSON.parse(readFileSync(join(root, file), "utf8")) as {
    name: string;
    scripts: Readonly<Record<string, string>>;
  };
  return scripts.test === undefined ? [] : [[name, scripts.test] as const];
});

test.each(rooms)("a stray console line fails a test of %s", (_, script) => {
  expect(script).toContain("--config ../vitest.toolkit.ts");
});
