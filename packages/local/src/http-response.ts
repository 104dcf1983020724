import type { Settled } from "./runtime-api.ts";

export type HttpResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
  /** Why the function failed, where it did: for the author, not for the caller. */
  readonly failure?: string;
};

/** What an HTTP API itself answers: `{"message": …}`. */
export function gatewayResponse(status: number, message: string): HttpResponse {
  const body = Buffer.from(JSON.stringify({ message }));
  return { status, headers: { "content-type": "application/json" }, body };
}

/**
 * What an HTTP API makes of a function's outcome; undefined stands for a throttled one. A result without
 * statusCode is the body of a 200.
 */
export function toHttpResponse(outcome: Settled | undefined): HttpResponse {
  if (outcome === undefined) return gatewayResponse(503, "Service Unavailable");
  const result: unknown = JSON.parse(outcome.payload);
  if (outcome.isFunctionError) {
    const { errorType, errorMessage } = result as Record<string, unknown>; // Lambda's own shape
    const isLate = errorType === "Sandbox.Timedout";
    const response = isLate
      ? gatewayResponse(503, "Service Unavailable")
      : gatewayResponse(500, "Internal Server Error");
    return { ...response, failure: `${errorType}: ${errorMessage}` };
  }
  if (typeof result !== "object" || result === null || !("statusCode" in result)) {
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: Buffer.from(outcome.payload),
    };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result as Record<string, unknown>; // an object
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599)
    return gatewayResponse(500, "Internal Server Error");
  return {
    status,
    headers: {
      ...toHeaders(headers),
      ...(Array.isArray(cookies) && cookies.length > 0 && { "set-cookie": cookies.map(String) }),
    },
    body: toBody(body, isBase64Encoded === true),
  };
}

function toHeaders(headers: unknown): Record<string, string> {
  const entries = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { "content-type": "text/plain;charset=UTF-8", ...Object.fromEntries(entries) };
}

function toBody(body: unknown, isBase64Encoded: boolean): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body !== "string") return Buffer.from(JSON.stringify(body));
  return Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
}
