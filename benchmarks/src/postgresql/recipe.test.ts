import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Handler } from "@lucky/gateway/lambda";
import { invoke, type TestReply } from "@lucky/gateway/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { bundle } from "../bundle.ts";
import { note } from "../get-item/handlers/note.ts";
import { noteEvent } from "../get-item/measure.ts";
import { type Postgresql, startPostgresql } from "./start-postgresql.ts";

// The code of docs/databases.md, as the bundle that Lambda would run, with a PostgreSQL.

const folder = mkdtempSync(join(tmpdir(), "lucky-bench-"));
const before = { ...process.env };
let database: Postgresql;
let file: string;
beforeAll(async () => {
  const entry = join(import.meta.dirname, "handler.ts");
  database = await startPostgresql();
  ({ file } = await bundle({ entry, format: "cjs" }, folder));
});
beforeEach(() => {
  process.env.DATABASE_URL = database.url;
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await database.stop();
  process.env = before;
  rmSync(folder, { recursive: true });
});

/** A new environment. */
function start(): () => Promise<TestReply> {
  const require = createRequire(pathToFileURL(file));
  delete require.cache[file];
  const { handler }: { handler: Handler } = require(file);
  return () => invoke(handler, noteEvent());
}

describe("the recipe", () => {
  test("reads from PostgreSQL, over one connection for all requests", async () => {
    const read = start();
    const earlier = database.connections();
    for (let nth = 0; nth < 3; nth++) expect(await read()).toMatchObject({ status: 200, body: note });
    expect(database.connections() - earlier).toBe(1);
  });

  test("connects again where the server has gone and come back", async () => {
    const read = start();
    await read();
    await database.pause();
    await database.resume();
    await vi.waitFor(async () => expect(await read()).toMatchObject({ status: 200, body: note }));
  });

  test("fails while there is no server, and not any longer than that", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await database.pause();
    const read = start();
    expect(await read()).toMatchObject({ status: 500 });
    expect(JSON.stringify(log.mock.calls)).toContain("ECONNREFUSED");
    await database.resume();
    expect(await read()).toMatchObject({ status: 200 });
  });

  test("says which secret is not set, and takes it as soon as it is", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    delete process.env.DATABASE_URL;
    const read = start();
    expect(await read()).toMatchObject({ status: 500 });
    expect(JSON.stringify(log.mock.calls)).toContain("DATABASE_URL");
    process.env.DATABASE_URL = database.url;
    expect(await read()).toMatchObject({ status: 200 });
  });
});

test.each([
  ["packages/contracts/src/resources.ts", "resources.ts"],
  ["packages/contracts/src/read-note.ts", "read-note.ts"],
  ["packages/database/src/database.ts", "database.ts"],
  ["functions/read-note/src/handler.ts", "handler.ts"],
])("docs/databases.md shows %s as it is run here", (path, name) => {
  const code = readFileSync(join(import.meta.dirname, name), "utf8");
  const shown = code
    .replace('"zod/mini"', '"@acme/core/zod"')
    .replace('"./database.ts"', '"@acme/database"')
    .replace('"./read-note.ts"', '"@acme/contracts/read-note"');
  const docs = readFileSync(join(import.meta.dirname, "../../../docs/databases.md"), "utf8");
  expect(docs).toContain(`// ${path}\n${shown.trim()}\n`);
});
