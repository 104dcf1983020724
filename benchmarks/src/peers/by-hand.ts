import type { HttpEvent, HttpResult } from "@lucky/gateway/events";
import { draw, type LuckyNumbers } from "./draw.ts";

/**
 * The same checks with no library at all, for one gateway and one route: what a careful person would write for this
 * function alone. It checks what it replies as well, and replies nothing else.
 */
export const handler = async (event: HttpEvent): Promise<HttpResult> => {
  if (!/^\s*application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(event.headers["content-type"] ?? "")) {
    return json(415, { message: "Send application/json." });
  }
  const { body: encoded = "", isBase64Encoded } = event;
  if (Buffer.byteLength(encoded, isBase64Encoded ? "base64" : "utf8") > 65_536) {
    return json(413, { message: "Send at most 65536 bytes." });
  }
  let body: unknown;
  try {
    body = JSON.parse(isBase64Encoded ? Buffer.from(encoded, "base64").toString() : encoded);
  } catch {
    return json(400, { message: "Send JSON." });
  }
  const { name, count } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>; // checked next
  if (typeof name !== "string" || (name.length > 256 && [...name].length > 256)) {
    return json(422, { message: "Mend name." });
  }
  if (typeof count !== "number" || !Number.isInteger(count) || count < 0 || count > 4_294_967_295) {
    return json(422, { message: "Mend count." });
  }
  const { message, numbers } = draw({ name, count });
  return isReply({ message, numbers })
    ? json(200, { message, numbers })
    : json(500, { message: "Try again." });
};

function isReply({ message, numbers }: LuckyNumbers): boolean {
  const isEachNumber = numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= 41);
  return typeof message === "string" && numbers.length >= 2 && numbers.length <= 20 && isEachNumber;
}

const json = (statusCode: number, body: object) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
