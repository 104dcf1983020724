import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { lambda } from "@lucky/gateway/lambda";
import { Note, readNote } from "./note.ts";

const client = new DynamoDBClient({});

export const handler = lambda(readNote, async ({ params }) => {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: process.env.TABLE_NOTES, Key: { id: { S: params.id } } }),
  );
  return Note.parse({ id: Item?.id?.S, text: Item?.text?.S, reads: Number(Item?.reads?.N) });
});
