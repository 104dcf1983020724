export type ReplyOptions = {
  /** In any case; content-type comes from the contract unless it is given here. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole Set-Cookie values, such as `id=7; Path=/; Secure; HttpOnly; SameSite=Lax`. */
  readonly cookies?: readonly string[];
};

/** What a function answers, where a plain value does not say enough. */
export class Reply<Status extends number = number, Body = unknown> {
  declare readonly status: Status;
  declare readonly body: Body;
  declare readonly headers: Readonly<Record<string, string>>;
  declare readonly cookies: readonly string[];

  constructor(status: Status, body: Body, { headers = {}, cookies = [] }: ReplyOptions = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
    this.cookies = cookies;
  }
}

/** `reply(201, draw, { headers: { location: "/draws/7" } })`, or `reply(204)`. */
export function reply<Status extends number>(status: Status): Reply<Status, undefined>;
export function reply<Status extends number, const Body>(
  status: Status,
  body: Body,
  options?: ReplyOptions,
): Reply<Status, Body>;
export function reply(status: number, body?: unknown, options?: ReplyOptions): Reply {
  return new Reply(status, body, options);
}
