import { type MultipartPart, parseMultipart } from "@remix-run/multipart-parser";
import { addField } from "./form.ts";
import { Problem } from "./problem.ts";
import { essenceOf, type FileRule } from "./schema.ts";

type Limits = { readonly files: Readonly<Record<string, FileRule>>; readonly maxParts: number };

/** The fields and files of a multipart body by name, in one pass; a Problem where it is malformed, or has too much. */
export function readParts(
  body: Uint8Array,
  boundary: string,
  { files, maxParts }: Limits,
): Record<string, unknown> | Problem {
  const fields: Record<string, unknown> = Object.create(null);
  const none = Number.POSITIVE_INFINITY; // the body is within its limit already
  let count = 0;
  try {
    for (const part of parseMultipart(body, {
      boundary,
      maxFileSize: none,
      maxTotalSize: none,
      maxParts: none,
    })) {
      if (++count > maxParts) return new Problem("body-too-large", `Send at most ${maxParts} parts.`);
      const name = parameterOf(part, "name");
      if (name === undefined) return new Problem("malformed-body", "Give each part a name.");
      const { maxBytes = none } = (Object.hasOwn(files, name) && files[name]) || {};
      if (part.size > maxBytes)
        return new Problem("body-too-large", `Send at most ${maxBytes} bytes as ${JSON.stringify(name)}.`);
      const item = itemOf(part);
      if (item !== undefined) addField(fields, name, item);
    }
  } catch {
    return new Problem("malformed-body", "Send whole parts in UTF-8, up to the closing boundary.");
  }
  return fields;
}

const BINARY = "application/octet-stream";

/** The text or the file, which has a name or is binary; undefined for what is sent where no file is chosen. */
function itemOf(part: MultipartPart): unknown {
  const { bytes, headers } = part;
  const name = parameterOf(part, "filename");
  const type = essenceOf(headers["content-type"] ?? (name === undefined ? "text/plain" : BINARY));
  if (name === undefined && type !== BINARY) return part.text;
  return name || bytes.length > 0 ? { name: name ?? "", type, bytes } : undefined;
}

/**
 * A parameter of the part's content-disposition, as browsers write it, and curl. The library's own reads backslashes as
 * escapes, which they are not, and logs what a caller made up.
 * https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
 */
function parameterOf({ headers }: MultipartPart, name: "name" | "filename"): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^\\s;"]+))`, "i").exec(
    headers["content-disposition"] ?? "",
  );
  return (found?.[1] ?? found?.[2])?.replace(/%(?:22|0D|0A)/gi, decodeURIComponent);
}
