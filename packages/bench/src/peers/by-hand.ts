import type { HttpEvent, HttpResult } from "@lucky/gateway/events";
import { draw } from "./draw.ts";

/** The same checks with no library at all, for one gateway: what a person would write for this function alone. */
export const handler = async (event: HttpEvent): Promise<HttpResult> => {
  const type = event.headers["content-type"] ?? "";
  if (!/^application\/json\b/i.test(type)) return json(415, { message: "Send application/json." });
  let body: unknown;
  try {
    const text = event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString() : event.body;
    body = JSON.parse(text ?? "");
  } catch {
    return json(400, { message: "Send JSON." });
  }
  const { name, count } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>; // checked next
  if (typeof name !== "string" || [...name].length > 256) return json(422, { message: "Mend name." });
  if (typeof count !== "number" || !Number.isInteger(count) || count < 0 || count > 4_294_967_295) {
    return json(422, { message: "Mend count." });
  }
  return json(200, draw({ name, count }));
};

const json = (statusCode: number, body: object) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
