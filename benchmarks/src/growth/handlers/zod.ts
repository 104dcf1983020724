import type { HttpEvent, HttpResult } from "@lucky/gateway/events";
import * as z from "zod";

const Body = z.object({ name: z.string() });

export const handler = async (event: HttpEvent): Promise<HttpResult> => {
  let body: unknown;
  try {
    body = JSON.parse(event.body ?? "");
  } catch {
    return json(400, { message: "Send JSON." });
  }
  const request = Body.safeParse(body);
  return request.success ? json(200, { length: request.data.name.length }) : json(422, request.error.issues);
};

const json = (statusCode: number, body: object) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
