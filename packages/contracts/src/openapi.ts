import { contract } from "@lucky/gateway/contract";
import { text } from "@lucky/gateway/schema";

export const openapi = contract({
  method: "GET",
  path: "/openapi.json",
  summary: "Describes the API as an OpenAPI 3.1 document",
  reply: { 200: text("application/json"), 304: null },
});
