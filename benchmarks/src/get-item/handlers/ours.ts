import { lambda } from "@lucky/resources/lambda";
import { readKeptNote } from "./note.ts";

export const handler = lambda(readKeptNote, async ({ params, notes }) => {
  const note = await notes.get({ id: params.id });
  if (note === undefined) throw new Error("there is no such note");
  return note;
});
