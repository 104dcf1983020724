import { lambda } from "@lucky/gateway/lambda";
import { note, readNote } from "./note.ts";

export const handler = lambda(readNote, () => note);
