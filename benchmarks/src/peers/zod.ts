import type { HttpEvent, HttpResult } from "@lucky/gateway/events";
import { draw } from "./draw.ts";
import { Body } from "./schema.ts";

// https://zod.dev/basics
export const handler = async (event: HttpEvent): Promise<HttpResult> => {
  let body: unknown;
  try {
    body = JSON.parse(event.body ?? "");
  } catch {
    return json(400, { message: "Send JSON." });
  }
  const request = Body.safeParse(body);
  return request.success ? json(200, draw(request.data)) : json(422, { errors: request.error.issues });
};

const json = (statusCode: number, body: object) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
