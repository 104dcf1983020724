import { contract } from "@lucky/gateway/contract";
import { text } from "@lucky/gateway/schema";

const headers = {
  etag: "The document's version: send it as if-none-match, and get a 304 while it is the same.",
  "cache-control": "How long it may be kept.",
};

export const openapi = contract({
  method: "GET",
  path: "/openapi.json",
  summary: "Describes the API as an OpenAPI 3.1 document",
  reply: { 200: text("application/json"), 304: null },
  replyHeaders: { 200: headers, 304: headers },
});
