import { compareDocuments } from "../document/compare.ts";
import type { Json } from "../schema/schema.ts";

// For tests: small documents, and what is said of two of them.

export const text = { type: "string" };
export const number = { type: "number" };

export const documentWith = (operation: Json, more: Json = {}): Json => ({
  openapi: "3.1.0",
  paths: { "/a": { post: { responses: {}, ...operation } } },
  ...more,
});
/** An operation whose JSON body, or reply, has that schema. */
export const body = (schema: unknown): Json =>
  documentWith({ requestBody: { required: true, content: { "application/json": { schema } } } });
export const reply = (schema: unknown, status = 200): Json =>
  documentWith({ responses: { [status]: { content: { "application/json": { schema } } } } });
export const object = (properties: Json, required = Object.keys(properties), more: Json = {}): Json => ({
  type: "object",
  properties,
  required,
  ...more,
});
/** What stands before `says` tells whether it breaks: `!` it does, `+` it is new, and nothing where it is the same. */
export const said = (before: Json, after: Json): string => {
  const { breaks, news, same } = compareDocuments(before, after);
  const line = ({ operation, place, says }: (typeof breaks)[number]) =>
    `${operation === "POST /a" ? "" : `${operation} `}${place} ${says}`.replace("  ", " ").trim();
  const lines = [...breaks.map((each) => `! ${line(each)}`), ...news.map((each) => `+ ${line(each)}`)];
  return lines.length === 0 ? `same: ${same.join(", ")}` : lines.join("; ");
};
