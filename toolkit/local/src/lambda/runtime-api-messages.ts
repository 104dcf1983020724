import type { IncomingMessage, ServerResponse } from "node:http";

const ACCEPTED = JSON.stringify({ status: "OK" });
/** What this package's client adds where the system is slow to tell, in KB. */
const PEAK_MEMORY = "lucky-peak-memory";

export function accept(response: ServerResponse): void {
  send(response, 202, ACCEPTED);
}

/** Node makes an object of the headers only for who asks for it, and that takes longer than to look for one. */
export function peakMemoryOf({ rawHeaders }: IncomingMessage): { readonly peakMb?: number } {
  const at = rawHeaders.indexOf(PEAK_MEMORY);
  const kilobytes = at === -1 ? 0 : Number(rawHeaders[at + 1]);
  return kilobytes > 0 ? { peakMb: Math.ceil(kilobytes / 1024) } : {};
}

/** Whether it is JSON in which an `errorType` may stand; no client has to send that. */
export function isErrorObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

export function refuse(
  response: ServerResponse,
  status: number,
  errorType: string,
  errorMessage: string,
): void {
  response.req.resume();
  send(response, status, JSON.stringify({ errorType, errorMessage }));
}

function send(response: ServerResponse, status: number, json: string): void {
  response
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(json) })
    .end(json);
}
