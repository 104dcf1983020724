import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { lambda } from "@lucky/gateway/lambda";
import { Entity } from "dynamodb-toolbox/entity";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { item, number, string } from "dynamodb-toolbox/schema";
import { Table } from "dynamodb-toolbox/table";
import { Note, readNote } from "./note.ts";

const table = new Table({
  documentClient: DynamoDBDocumentClient.from(new DynamoDBClient({})),
  name: () => process.env.TABLE_NOTES ?? "",
  partitionKey: { name: "id", type: "string" },
});
const Notes = new Entity({
  name: "note",
  table,
  schema: item({ id: string().key(), text: string(), reads: number() }),
  entityAttribute: false,
  timestamps: false,
});

export const handler = lambda(readNote, async ({ params }) => {
  const { Item } = await Notes.build(GetItemCommand).key({ id: params.id }).send();
  return Note.parse(Item);
});
