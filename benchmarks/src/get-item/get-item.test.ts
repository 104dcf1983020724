import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startDynamo } from "@lucky/emulators/dynamodb";
import { context } from "@lucky/gateway/testing";
import { connect } from "@lucky/resources/connect";
import { write } from "@lucky/resources/declare";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle } from "../bundle.ts";
import { clients, NO_TABLE, NO_TABLE_AGAIN } from "./clients.ts";
import { Notes, note } from "./handlers/note.ts";
import { noteEvent } from "./measure.ts";

// What is measured must do the same, or the figures say nothing: each gets the note from a real table, as the bundle that is measured.

const folder = mkdtempSync(join(tmpdir(), "lucky-bench-"));
const before = { ...process.env };
let dynamo: Awaited<ReturnType<typeof startDynamo>>;
beforeAll(async () => {
  dynamo = await startDynamo();
  await dynamo.createTable({ name: "notes", partition: { name: "id", type: "S" }, indexes: {} });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
    AWS_ACCESS_KEY_ID: "key",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_REGION: "us-east-1",
    TABLE_NOTES: "notes",
  });
  const { notes } = connect({ uses: { notes: write(Notes) } });
  await notes.put({ ...note, text: "from the table" });
});
afterAll(async () => {
  await dynamo.stop();
  process.env = before;
  rmSync(folder, { recursive: true });
});

const readers = clients.filter(({ name }) => ![NO_TABLE, NO_TABLE_AGAIN, "PostgreSQL, pg"].includes(name));

test.each(readers)("$name reads the note from its table", async ({ name, entry }) => {
  const { file } = await bundle({ entry, format: "cjs" }, join(folder, name.replaceAll(/\W/g, "-")));
  const { handler } = createRequire(pathToFileURL(file))(file);
  const { statusCode, body } = await handler(noteEvent(), context);
  expect([statusCode, JSON.parse(body)]).toEqual([200, { ...note, text: "from the table" }]);
});
