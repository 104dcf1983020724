import type { Contract } from "@lucky/gateway/contract";
import { curl } from "@lucky/gateway/curl";

/** What went over the wire, as text. */
export type Exchange = { readonly request: string; readonly response: string; readonly curl: string };

/** Of all that a response has, what a reader can make use of. */
const HEADERS = ["content-type", "apigw-requestid", "retry-after", "allow"];

type Sent = { readonly url: string; readonly request: RequestInit };
type Received = { readonly response: Response; readonly text: string; readonly milliseconds: number };

/** A fetch for one call, and what it has seen; of more attempts the last. */
export function recordExchange(contract: Contract): {
  readonly fetch: typeof fetch;
  readonly exchange: () => Exchange | undefined;
} {
  let sent: Sent | undefined;
  let received: Received | undefined;
  let attempts = 0;
  return {
    async fetch(url, request = {}) {
      attempts++;
      sent = { url: String(url), request };
      received = undefined;
      const started = performance.now();
      const response = await fetch(url, request);
      const text = await response.clone().text();
      received = { response, text, milliseconds: performance.now() - started };
      return response;
    },
    exchange: () =>
      sent && {
        request: describeRequest(sent),
        response: describeResponse(received, attempts),
        curl: curl({ ...contract, example: JSON.parse(String(sent.request.body)) }, sent.url),
      },
  };
}

function describeRequest({ url, request: { method, headers, body } }: Sent): string {
  const fields = [...new Headers(headers)].map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${url}`, ...fields, "", String(body)].join("\n");
}

function describeResponse(received: Received | undefined, attempts: number): string {
  const times = attempts > 1 ? `${attempts} attempts, ` : "";
  if (received === undefined) return times ? `No response to ${attempts} attempts.` : "No response.";
  const { response, text, milliseconds } = received;
  const { type, status, statusText, headers } = response;
  const fields = HEADERS.flatMap((name) => (headers.has(name) ? [`${name}: ${headers.get(name)}`] : []));
  const line =
    type === "opaqueredirect" ? "A redirect, hidden by the browser" : `${status} ${statusText}`.trim();
  return [`${line} (${times}${Math.max(1, Math.round(milliseconds))} ms)`, ...fields, "", text].join("\n");
}
