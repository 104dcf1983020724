import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { lambda } from "@lucky/gateway/lambda";
import { Note, readNote } from "./note.ts";

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = lambda(readNote, async ({ params }) => {
  const { Item } = await client.send(
    new GetCommand({ TableName: process.env.TABLE_NOTES, Key: { id: params.id } }),
  );
  return Note.parse(Item);
});
