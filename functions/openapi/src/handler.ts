import { createHash } from "node:crypto";
import { about, api } from "@acme/contracts";
import { openapi } from "@acme/contracts/openapi";
import { lambda } from "@lucky/gateway/lambda";
import { toOpenApi } from "@lucky/gateway/openapi";
import { reply } from "@lucky/gateway/reply";
import { urlOf } from "@lucky/gateway/request";

export const handler = lambda(openapi, ({ request }) => {
  const [url = ""] = urlOf(request).split("?");
  const server = url.replace(/\/openapi\.json\/?$/, "") || "/";
  const document = JSON.stringify(toOpenApi(api, { ...about, server }));

  const etag = `"${createHash("sha256").update(document).digest("base64url")}"`;
  const headers = { etag, "cache-control": "public, max-age=300" };
  const known =
    request.headers?.["if-none-match"]?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return known.includes(etag) || known.includes("*")
    ? reply(304, undefined, { headers })
    : reply(200, document, { headers });
});
