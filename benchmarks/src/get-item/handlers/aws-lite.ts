/// <reference types="@aws-lite/dynamodb-types" />
import awsLite from "@aws-lite/client";
// @ts-expect-error its types are only of what it adds to the client
import dynamodb from "@aws-lite/dynamodb";
import { lambda } from "@lucky/gateway/lambda";
import { Note, readNote } from "./note.ts";

const client = awsLite({
  endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? "",
  plugins: [dynamodb],
});

export const handler = lambda(readNote, async ({ params }) => {
  const aws = await client;
  const { Item } = await aws.DynamoDB.GetItem({
    TableName: process.env.TABLE_NOTES ?? "",
    Key: { id: params.id },
  });
  return Note.parse(Item);
});
