import { contract } from "@lucky/gateway/contract";
import { read, table } from "@lucky/resources/declare";
import * as z from "zod/mini";

export const Note = z.object({ id: z.string(), text: z.string(), reads: z.number() });
export const Notes = table("notes", { item: Note, key: { partition: "id" } });

const base = { method: "GET", path: "/notes/{id}", summary: "Reads a note", reply: Note } as const;

/** What every subject fulfils. */
export const readNote = contract(base);
/** The same, where the contract says what its function uses. */
export const readKeptNote = contract({ ...base, uses: { notes: read(Notes) } });

/** What the table has. */
export const note = { id: "7", text: "Buy milk", reads: 3 };
