import { createHash } from "node:crypto";

/** The ETag of a file's bytes; each encoding of the same file has its own, as RFC 9110, 8.8.3.3 asks. */
export function entityTag(body: Buffer, encoding = ""): string {
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  return `"${hash}${encoding && `-${encoding}`}"`;
}

/** Whether an If-None-Match field says that the asker has it already. */
export function hasTag(field: string | undefined, tag: string): boolean {
  const known = (field ?? "").split(",").map((item) => item.trim().replace(/^W\//, ""));
  return known.includes(tag) || known.includes("*");
}
