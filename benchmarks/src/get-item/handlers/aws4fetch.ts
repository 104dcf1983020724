import { lambda } from "@lucky/gateway/lambda";
import { AwsClient } from "aws4fetch";
import { Note, readNote } from "./note.ts";

const {
  AWS_ACCESS_KEY_ID = "",
  AWS_SECRET_ACCESS_KEY = "",
  AWS_SESSION_TOKEN,
  AWS_REGION = "",
} = process.env;
const client = new AwsClient({
  accessKeyId: AWS_ACCESS_KEY_ID,
  secretAccessKey: AWS_SECRET_ACCESS_KEY,
  ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  region: AWS_REGION,
  service: "dynamodb",
});
const url = process.env.AWS_ENDPOINT_URL_DYNAMODB ?? `https://dynamodb.${AWS_REGION}.amazonaws.com`;

type Got = { readonly Item: Readonly<Record<string, { readonly S?: string; readonly N?: string }>> };

export const handler = lambda(readNote, async ({ params }) => {
  const response = await client.fetch(url, {
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "DynamoDB_20120810.GetItem" },
    body: JSON.stringify({ TableName: process.env.TABLE_NOTES, Key: { id: { S: params.id } } }),
  });
  const { Item } = (await response.json()) as Got; // as DynamoDB documents it
  return Note.parse({ id: Item.id?.S, text: Item.text?.S, reads: Number(Item.reads?.N) });
});
