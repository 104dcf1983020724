import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FileWatch, watchPaths } from "./file-watch.ts";

let root: string;
let files: FileWatch;
let changes = 0;
const at = (path: string) => join(root, path);
const seen = () => vi.waitFor(() => expect(changes).toBeGreaterThan(0), { timeout: 20_000, interval: 5 });

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "lucky-watch-")));
  mkdirSync(at("src"));
  changes = 0;
  files = watchPaths(root, () => changes++);
});
afterEach(() => {
  files.close();
  rmSync(root, { recursive: true });
});

test("what has changed between being read and being watched is told, once", () => {
  const since = Date.now();
  writeFileSync(at("src/a.ts"), "");
  expect(files.set([at("src/a.ts")], since)).toBe(true);
  expect(files.set([at("src/a.ts")], since)).toBe(false);
});

test("what was there long before is no change", () => {
  writeFileSync(at("src/a.ts"), "");
  expect(files.set([at("src/a.ts"), at("src/none.ts")], Date.now() + 60_000)).toBe(false);
});

test("a path in folders that are not there yet is seen step by step", async () => {
  const path = at("src/a/b/c.ts");
  files.set([path], Date.now());
  mkdirSync(at("src/a"));
  await seen();
  files.set([path], Date.now());
  changes = 0;
  mkdirSync(at("src/a/b"));
  await seen();
  files.set([path], Date.now());
  changes = 0;
  writeFileSync(path, "");
  await seen();
});

test("a folder that is replaced at once is watched again", async () => {
  const path = at("src/a.ts");
  writeFileSync(path, "");
  files.set([path], Date.now());
  rmSync(at("src"), { recursive: true });
  mkdirSync(at("src"));
  await seen();
  files.set([path], Date.now() + 60_000);
  changes = 0;
  writeFileSync(path, "");
  await seen();
});
