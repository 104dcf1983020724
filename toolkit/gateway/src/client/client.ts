import { type Contract, type ProblemDefinition, replySchema } from "../contract/contract.ts";
import { camelCase } from "../contract/name.ts";
import { gatewayProblems } from "../contract/problem.ts";
import { problemType } from "../contract/problem-type.ts";
import type { Schema } from "../contract/schema.ts";
import { fillPath, isThere, toQueryString } from "../contract/url.ts";
import { fetchWithRetries } from "./client-retry.ts";
import type { CallOptions, Client, ClientOptions, ProblemReply } from "./client-types.ts";

export type { CallOptions, Client, ClientOptions, ProblemReply } from "./client-types.ts";

/**
 * A typed client for the API at `baseUrl`, such as `https://api.example.com/prod`, in Node.js and in browsers.
 * A call rejects with a TimeoutError when its time is up, an AbortError when its signal says so, and a TypeError
 * when no response comes. After that, and after 429, 502, 503 and 504, it is tried again with growing, random
 * pauses; but only where the method is safe (GET) or the contract is idempotent.
 */
export function createClient<const Api extends Readonly<Record<string, Contract>>>(
  api: Api,
  baseUrl: string,
  options: ClientOptions = {},
): Client<Api> {
  const methods = Object.entries(api).map(([name, contract]) => [
    camelCase(name),
    (input: AnyInput = {}, more: CallOptions = {}) =>
      call(contract, baseUrl, input, {
        ...options,
        ...more,
        headers: { ...options.headers, ...more.headers },
      }),
  ]);
  return Object.fromEntries(methods);
}

type AnyInput = {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string | null | undefined>>;
  readonly body?: unknown;
};

async function call(
  contract: Contract,
  baseUrl: string,
  { params = {}, query = {}, headers = {}, body }: AnyInput,
  options: ClientOptions & CallOptions,
) {
  const { timeoutMs = 10_000, retries = 2, signal } = options;
  const signals = [signal ?? [], Number.isFinite(timeoutMs) ? AbortSignal.timeout(timeoutMs) : []].flat();
  const media = contract.body?.media;
  const sent = new Headers({ ...options.headers });
  for (const [name, value] of Object.entries(headers)) if (isThere(value)) sent.set(name, value);
  if (contract.body && !media?.encode) sent.set("content-type", media?.type ?? "application/json");
  const request: RequestInit = {
    method: contract.method,
    headers: sent,
    signal: AbortSignal.any(signals),
  };
  if (contract.body)
    request.body =
      media === undefined
        ? JSON.stringify(body)
        : (media.encode?.(body) ?? (body as NonNullable<RequestInit["body"]>)); // as its schema says

  const url = baseUrl.replace(/\/$/, "") + fillPath(contract.path, params) + toQueryString(query);
  const mayRepeat = contract.idempotent ?? contract.method === "GET";
  const response = await fetchWithRetries(options.fetch ?? fetch, url, request, mayRepeat ? retries : 0);
  return toClientReply(contract, response);
}

async function toClientReply(contract: Contract, response: Response) {
  const { ok, status, headers } = response;
  const schema = replySchema(contract, status);
  if (!ok && schema === undefined) {
    const text = await response.text();
    const problem = toProblem(status, jsonOf(text), text);
    return { ok: false, status, headers, kind: kindOf(contract, problem.type), problem };
  }
  return { ok: true, status, headers, body: schema ? await readReplyBody(response, schema) : undefined };
}

/** What the contract calls a problem of that type. */
function kindOf(contract: Contract, type: string): string | undefined {
  const problems: Readonly<Record<string, ProblemDefinition>> = { ...contract.problems, ...gatewayProblems };
  return Object.keys(problems).find((kind) => problems[kind] && problemType(kind, problems[kind]) === type);
}

async function readReplyBody(response: Response, { media }: Schema): Promise<unknown> {
  if (media === undefined) return response.json();
  return media.form === "text" ? response.text() : new Uint8Array(await response.arrayBuffer());
}

function toProblem(status: number, body: unknown, text: string): ProblemReply {
  if (typeof body === "object" && body !== null && "title" in body && "status" in body && "type" in body)
    return body as ProblemReply; // it has what RFC 9457 asks for
  const message =
    typeof body === "object" && body !== null && "message" in body ? String(body.message) : text;
  return { type: "about:blank", title: message || `HTTP ${status}`, status };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
