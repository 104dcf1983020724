import { problem } from "@lucky/gateway/problem";
import { lambda } from "@lucky/resources/lambda";
import { openDatabase } from "./database.ts";
import { readNote } from "./read-note.ts";

export const handler = lambda(readNote, async ({ params, databaseUrl }) => {
  const database = await openDatabase(databaseUrl);
  const { rows } = await database.query("select id, text, reads from notes where id = $1", [params.id]);
  return rows[0] ?? problem("note-not-found", "Write it first.");
});
