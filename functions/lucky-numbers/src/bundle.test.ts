import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { bundleFunction } from "@lucky/local/bundle";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleBudget } from "./bundle-budget.ts";

// What Lambda loads: as `sst deploy` bundles it.

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "lucky-bundle-"));
/** Every file that was read for it, and those of which something is left in it. */
let read: readonly string[];
let kept: readonly string[];
let code: Buffer;

beforeAll(async () => {
  const { inputs } = await bundleFunction(fileURLToPath(new URL("handler.ts", import.meta.url)), folder);
  read = inputs.map((path) => relative(root, path));
  code = readFileSync(join(folder, "bundle.cjs"));
  const { sources } = JSON.parse(readFileSync(join(folder, "bundle.cjs.map"), "utf8")) as {
    sources: string[];
  };
  kept = sources.map((path) => relative(root, resolve(folder, path)));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("keeps its budget", () => {
  expect(code.length).toBeLessThanOrEqual(bundleBudget.minified);
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(bundleBudget.gzipped);
});

test("reads the domain, its own contract and what runs a contract, and nothing of other functions", () => {
  const own = [
    "functions/lucky-numbers/src/",
    "packages/core/src/",
    "packages/contracts/src/lucky-numbers.ts",
    "toolkit/gateway/src/contract/",
    "toolkit/gateway/src/http/",
    "node_modules/.pnpm/zod@",
  ];
  expect(read.filter((file) => !own.some((place) => file.startsWith(place)))).toEqual([]);
  expect(read).not.toContain("toolkit/gateway/src/http/shared.ts");
});

test("keeps of zod what zod/mini needs to check: no classic zod, no JSON Schema, no language", () => {
  const zod = kept.filter((file) => file.includes("/zod/"));
  expect(zod.length).toBeGreaterThan(0);
  expect(
    zod.filter((file) => !/\/zod\/v4\/(?:core|mini)\//.test(file) || file.includes("json-schema")),
  ).toEqual([]);
});

test("loads two small modules of Node, and none that opens a connection", () => {
  const required = [...code.toString().matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
  expect([...new Set(required)].sort()).toEqual(["node:buffer", "node:fs"]);
});
