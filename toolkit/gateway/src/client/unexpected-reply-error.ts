import type { Contract } from "../contract/contract.ts";

/** So much of a body is shown. */
const EXCERPT = 200;

/**
 * Thrown when what has answered a call is no reply of its contract, and no problem either: HTML or another content type, JSON
 * that is cut off, no body where one is due or one where none is, more than `maxReplyBytes`, a 2xx or a redirect that the
 * contract does not declare. Something between may have answered, or the server has another contract.
 *
 *     catch (error) {
 *       if (error instanceof UnexpectedReplyError) console.error(error.status, error.excerpt);
 *     }
 */
export class UnexpectedReplyError extends Error {
  override readonly name = "UnexpectedReplyError";
  /** The contract's name, such as `lucky-numbers`. */
  readonly contract: string;
  /** 0 of a redirect in a browser, which shows nothing of one. */
  readonly status: number;
  readonly headers: Headers;
  /** How the body begins, as text. */
  readonly excerpt: string;

  constructor(
    { name, contract: { method, path } }: { readonly name: string; readonly contract: Contract },
    { status, headers }: Response,
    fault: string,
    { body = new Uint8Array(), cause }: { readonly body?: Uint8Array; readonly cause?: unknown } = {},
  ) {
    super(
      `${name} (${method} ${path}) got ${status || "a response"}: ${fault}`,
      cause === undefined ? {} : { cause },
    );
    this.contract = name;
    this.status = status;
    this.headers = headers;
    this.excerpt = new TextDecoder().decode(body.subarray(0, 4 * EXCERPT)).slice(0, EXCERPT);
  }
}
