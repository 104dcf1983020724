import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { note } from "./handlers/note.ts";

// One item, whatever is asked, to whoever connects.

const [key = "", certificate = ""] = process.argv.slice(2);
const Item = { id: { S: note.id }, text: { S: note.text }, reads: { N: String(note.reads) } };
const answer = JSON.stringify({ Item });

const server = createServer(
  { key: readFileSync(key), cert: readFileSync(certificate), keepAliveTimeout: 60_000 },
  (request, response) => {
    request.resume().on("end", () =>
      response
        .writeHead(200, {
          "content-type": "application/x-amz-json-1.0",
          "content-length": Buffer.byteLength(answer),
          "x-amzn-requestid": "7",
        })
        .end(answer),
    );
  },
);
server.listen(0, "localhost", () => process.send?.((server.address() as AddressInfo).port)); // it listens
