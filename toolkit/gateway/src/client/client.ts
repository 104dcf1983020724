import type { Contract } from "../contract/contract.ts";
import { camelCase } from "../contract/name.ts";
import { toBase } from "./base-url.ts";
import { type Operation, readReply, toClientReply } from "./client-reply.ts";
import { type AnyInput, toRequest } from "./client-request.ts";
import { LONGEST_TIMER_MS, tryUntilRead } from "./client-retry.ts";
import type { CallOptions, Client, ClientOptions, HeaderSource, HeadersOf } from "./client-types.ts";
import { untilAborted } from "./until-aborted.ts";

export type { CallOptions, Client, ClientOptions, ProblemReply } from "./client-types.ts";
export { readRetryAfter } from "./retry-after.ts";
export { UnexpectedReplyError } from "./unexpected-reply-error.ts";

/**
 * A typed client for the API at `baseUrl`, such as `https://api.example.com/prod`, in Node.js and in browsers.
 *
 *     const client = createClient(api, "https://api.example.com", {
 *       headers: async () => ({ authorization: `Bearer ${await freshToken()}` }),
 *     });
 *     const reply = await client.luckyNumbers({ body: { name: "SilentByte", count: 10 } });
 *     if (reply.ok) console.log(reply.body.numbers);
 *
 * A call gives a reply of the contract or a problem, and rejects with
 * - an UnexpectedReplyError when what has answered is neither,
 * - a TypeError when no response comes, or it breaks off, or the input has what no request can,
 * - a RangeError when the path would be another's, as with an id of `..`,
 * - a TimeoutError when its time is up, and the reason of its signal, an AbortError unless given, when that aborts,
 * - whatever `headers` throws.
 *
 * When no response comes, and after 429, 502, 503, 504, and a 409 with `retry-after`, it is tried again with growing, random pauses, or those that the
 * server asks for, as long as there is time for them; but only where the method is safe (GET) or the contract is idempotent.
 *
 * Redirects are not followed: another host would get the body and the keys. One that the contract declares is a reply.
 *
 * Throws a TypeError for a `baseUrl` that is none, or has a query.
 */
export function createClient<
  const Api extends Readonly<Record<string, Contract>>,
  const Source extends HeaderSource = Record<never, string>,
>(api: Api, baseUrl: string, options: ClientOptions<Source> = {}): Client<Api, HeadersOf<Source>> {
  const base = toBase(baseUrl);
  const methods = Object.entries(api).map(([name, contract]) => [
    camelCase(name),
    (input: AnyInput = {}, more: CallOptions = {}) => call({ name, contract }, base, input, options, more),
  ]);
  return Object.fromEntries(methods);
}

function call(
  operation: Operation,
  base: string,
  input: AnyInput,
  options: ClientOptions,
  more: CallOptions,
) {
  const { timeoutMs = 10_000, retries = 2, maxReplyBytes = 33_554_432, signal } = { ...options, ...more };
  const { contract } = operation;
  const deadline = performance.now() + timeoutMs;
  const timeout = timeoutMs <= LONGEST_TIMER_MS ? AbortSignal.timeout(timeoutMs) : [];
  const ends = AbortSignal.any([signal ?? [], timeout].flat());
  return untilAborted(ends, async () => {
    const { url, init, headers } = await toRequest(contract, base, input);
    const key: [string, string][] =
      contract.idempotent === "idempotency-key" ? [[contract.idempotent, makeKey()]] : [];
    const mayRepeat = (contract.idempotent ?? contract.method === "GET") && !init.duplex;
    const { response, read } = await tryUntilRead(
      {
        prepare: async () =>
          merge(key, await sourceOf(options.headers), Object.entries(more.headers ?? {}), headers),
        send: (headers: Headers) => (options.fetch ?? fetch)(url, { ...init, headers, signal: ends }),
        read: (response) => readReply(operation, response, maxReplyBytes),
      },
      { retries: mayRepeat ? retries : 0, signal: ends, deadline },
    );
    return toClientReply(operation, response, read);
  });
}

async function sourceOf(headers: HeaderSource = {}): Promise<[string, string | undefined][]> {
  return Object.entries(typeof headers === "function" ? await headers() : headers);
}

/** Pages of plain HTTP have no crypto.randomUUID, such as this machine's for others of its network. */
function makeKey(): string {
  return crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
}

/** Later sources win. */
function merge(...sources: Iterable<[string, string | undefined]>[]): Headers {
  const merged = new Headers();
  for (const source of sources)
    for (const [name, value] of source) if (value !== undefined) merged.set(name, value);
  return merged;
}
