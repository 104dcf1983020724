import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { functions } from "@lucky/application/application";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startLambdaService } from "./lambda-service.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lucky-service-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a function that cannot be bundled fails the start, and leaves nothing behind", async () => {
  const entry = join(folder, "handler.ts");
  writeFileSync(entry, "export const handler = ;");
  const [first] = functions;
  if (first === undefined) throw new Error("there are functions");
  const bundles = () => readdirSync(tmpdir()).filter((name) => name.startsWith("lucky-lambda-"));
  const before = bundles();
  const starting = startLambdaService([first, { ...first, name: "broken", entry }], { onBuild() {} });
  await expect(starting).rejects.toThrow(/handler\.ts:1:23/);
  expect(bundles().filter((name) => !before.includes(name))).toEqual([]);
});
