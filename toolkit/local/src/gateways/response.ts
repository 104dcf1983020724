export type HttpResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
  /** Why there is no answer from the function, where there is none: for the author, not for the caller. */
  readonly failure?: string;
};

/** `{"message": …}`, as API Gateway says what it says itself. */
export function toMessage(status: number, message: string): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify({ message }) };
}

/** Undefined for what is no status of a final response. */
export function toStatus(value: unknown): number | undefined {
  const status = Number(value);
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

export function toBody(body: string, isBase64Encoded: unknown): string | Buffer {
  return isBase64Encoded === true ? Buffer.from(body, "base64") : body;
}

/** Header names in lower case, and values as text. */
export function toHeaders(headers: unknown): Record<string, string> {
  if (!isRecord(headers)) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

/** Each header as often as it has values, beside the single ones. */
export function toMultiHeaders(headers: unknown): Record<string, string[]> {
  if (!isRecord(headers)) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [
      name.toLowerCase(),
      Array.isArray(values) ? values.map(String) : [String(values)],
    ]),
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
