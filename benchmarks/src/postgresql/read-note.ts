import { contract } from "@lucky/gateway/contract";
import { read } from "@lucky/resources/declare";
import * as z from "zod/mini";
import { DatabaseUrl } from "./resources.ts";

export const readNote = contract({
  method: "GET",
  path: "/notes/{id}",
  summary: "Reads a note",
  reply: z.object({ id: z.string(), text: z.string(), reads: z.number() }),
  problems: { "note-not-found": { status: 404, title: "There is no such note" } },
  uses: { databaseUrl: read(DatabaseUrl) },
});
