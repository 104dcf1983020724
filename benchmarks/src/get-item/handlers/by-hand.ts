import type { Agent } from "node:https";
import { lambda } from "@lucky/gateway/lambda";
import { sign } from "../../../../toolkit/resources/src/aws/sign.ts";
import { Note, readNote } from "./note.ts";

// One signed call and nothing around it: no retries, no timeout, no errors, no schema of a table.

const url = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? "https://dynamodb.us-east-1.amazonaws.com");
const {
  AWS_ACCESS_KEY_ID = "",
  AWS_SECRET_ACCESS_KEY = "",
  AWS_SESSION_TOKEN,
  AWS_REGION = "",
} = process.env;
const credentials = {
  accessKeyId: AWS_ACCESS_KEY_ID,
  secretAccessKey: AWS_SECRET_ACCESS_KEY,
  sessionToken: AWS_SESSION_TOKEN,
};
let agent: Agent | undefined;

export const handler = lambda(readNote, async ({ params }) => {
  const answer = await send(
    JSON.stringify({ TableName: process.env.TABLE_NOTES, Key: { id: { S: params.id } } }),
  );
  const { Item } = JSON.parse(answer);
  return Note.parse({ id: Item.id.S, text: Item.text.S, reads: Number(Item.reads.N) });
});

function send(body: string): Promise<string> {
  const { Agent, request } = process.getBuiltinModule(url.protocol === "http:" ? "node:http" : "node:https");
  agent ??= new Agent({ keepAlive: true }) as Agent; // of either
  const named = {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "DynamoDB_20120810.GetItem",
  };
  const of = { host: url.host, region: AWS_REGION, service: "dynamodb", headers: named, body };
  const headers = { ...sign(of, credentials), "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.on("data", (part) => {
        text += part;
      });
      response.on("end", () => resolve(text));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
