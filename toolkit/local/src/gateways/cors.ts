import type { Cors } from "@lucky/application/cors";
import type { HttpResponse } from "./response.ts";

type Fields = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The answer to a browser that asks whether it may send a request; undefined for any other request. No function sees
 * it. Without the headers of CORS, the browser takes it for a no.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function answerPreflight(cors: Cors, method: string, fields: Fields): HttpResponse | undefined {
  const { origin } = fields;
  if (method !== "OPTIONS" || !isText(origin) || !isText(fields["access-control-request-method"]))
    return undefined;
  const allowed = allowedOrigin(cors, origin);
  return {
    status: 204,
    headers:
      allowed === undefined
        ? {}
        : {
            "access-control-allow-origin": allowed,
            "access-control-allow-methods": cors.allowMethods.join(","),
            "access-control-allow-headers": cors.allowHeaders.join(","),
            "access-control-max-age": String(cors.maxAgeSeconds),
          },
    body: "",
  };
}

/** The response with the gateway's headers of CORS in the place of the function's. */
export function withCors(response: HttpResponse, cors: Cors, { origin }: Fields): HttpResponse {
  const own = Object.entries(response.headers).filter(([name]) => !name.startsWith("access-control-"));
  const allowed = isText(origin) ? allowedOrigin(cors, origin) : undefined;
  const added = allowed !== undefined && {
    "access-control-allow-origin": allowed,
    "access-control-expose-headers": cors.exposeHeaders.join(","),
  };
  return { ...response, headers: { ...Object.fromEntries(own), ...added } };
}

function allowedOrigin({ allowOrigins }: Cors, origin: string): string | undefined {
  if (allowOrigins.includes("*")) return "*";
  const isAllowed = allowOrigins.some((pattern) =>
    pattern.endsWith("://*") ? origin.startsWith(pattern.slice(0, -1)) : pattern === origin,
  );
  return isAllowed ? origin : undefined;
}

function isText(field: string | string[] | undefined): field is string {
  return typeof field === "string";
}
