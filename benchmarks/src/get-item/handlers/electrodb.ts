import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { lambda } from "@lucky/gateway/lambda";
import { Entity } from "electrodb";
import { Note, readNote } from "./note.ts";

const Notes = new Entity(
  {
    model: { entity: "note", version: "1", service: "notes" },
    attributes: { id: { type: "string" }, text: { type: "string" }, reads: { type: "number" } },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of ElectroDB's
    indexes: { byId: { pk: { field: "id", composite: ["id"], template: "${id}", casing: "none" } } },
  },
  { table: process.env.TABLE_NOTES ?? "", client: new DynamoDBClient({}) },
);

export const handler = lambda(readNote, async ({ params }) => {
  const { data } = await Notes.get({ id: params.id }).go({ ignoreOwnership: true });
  return Note.parse(data);
});
