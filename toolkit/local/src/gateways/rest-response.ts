import { type HttpResponse, isRecord, toBody, toHeaders, toMultiHeaders, toStatus } from "./response.ts";

/** What a REST API sends under another name, `x-amzn-remapped-date`, as it has its own. */
const REMAPPED = ["authorization", "connection", "content-length", "date", "server", "www-authenticate"];
/** A result with any other key is malformed. */
const RESULT_KEYS = ["isBase64Encoded", "statusCode", "headers", "multiValueHeaders", "body"];

/** Payload format 1.0: an object with none but the known keys, and all of them optional. */
export function toRestResponse(payload: string): HttpResponse | undefined {
  const result: unknown = JSON.parse(payload);
  if (!isRecord(result) || !Object.keys(result).every((key) => RESULT_KEYS.includes(key))) return undefined;
  const { statusCode = 200, headers, multiValueHeaders, body, isBase64Encoded } = result;
  const status = toStatus(statusCode);
  if (status === undefined || (body != null && typeof body !== "string")) return undefined;
  if (!hasEach(headers, (value) => typeof value !== "object")) return undefined;
  if (!hasEach(multiValueHeaders, Array.isArray)) return undefined;
  const merged = Object.entries(mergeHeaders(toHeaders(headers), toMultiHeaders(multiValueHeaders)));
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...Object.fromEntries(
        merged.map(([name, value]) => [REMAPPED.includes(name) ? `x-amzn-remapped-${name}` : name, value]),
      ),
    },
    body: toBody(body ?? "", isBase64Encoded),
  };
}

/** Whether each field of an object passes, or there is none. */
function hasEach(fields: unknown, passes: (value: unknown) => boolean): boolean {
  return fields == null || (isRecord(fields) && Object.values(fields).every(passes));
}

/** A header in both has the values of both, those of the list first, each once. */
function mergeHeaders(
  single: Readonly<Record<string, string>>,
  multiple: Readonly<Record<string, readonly string[]>>,
): Record<string, string | readonly string[]> {
  const merged: Record<string, string | readonly string[]> = { ...single };
  for (const [name, values] of Object.entries(multiple)) {
    const value = single[name];
    merged[name] = value === undefined || values.includes(value) ? values : [...values, value];
  }
  return merged;
}
