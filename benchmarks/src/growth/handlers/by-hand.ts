import type { HttpEvent, HttpResult } from "@lucky/gateway/events";

/** What must be checked, and no more. */
export const handler = async (event: HttpEvent): Promise<HttpResult> => {
  const text = event.body ?? "";
  if (Buffer.byteLength(text) > 6_000_000) return json(413, { message: "Send less." });
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return json(400, { message: "Send JSON." });
  }
  const { name } = (typeof body === "object" && body !== null ? body : {}) as { name?: unknown }; // checked next
  if (typeof name !== "string") return json(422, { message: "Mend name." });
  return json(200, { length: name.length });
};

const json = (statusCode: number, body: object) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
