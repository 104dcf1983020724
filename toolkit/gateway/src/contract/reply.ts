export type ReplyOptions = {
  /** In any case; content-type comes from the contract unless it is given here. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole Set-Cookie values, such as `id=7; Path=/; Secure; HttpOnly; SameSite=Lax`. */
  readonly cookies?: readonly string[];
};

/** What a function answers, where a plain value does not say enough; `Header` are the names of headers that it surely has. */
export class Reply<Status extends number = number, Body = unknown, Header extends string = never> {
  declare readonly status: Status;
  declare readonly body: Body;
  declare readonly headers: Readonly<Record<string, string>> & Readonly<Record<Header, string>>;
  declare readonly cookies: readonly string[];

  constructor(status: Status, body: Body, { headers = {}, cookies = [] }: ReplyOptions = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers as this["headers"]; // reply() has it from what is given
    this.cookies = cookies;
  }
}

/** `reply(201, draw, { headers: { location: "/draws/7" } })`, or `reply(204)`. */
export function reply<Status extends number>(status: Status): Reply<Status, undefined>;
export function reply<Status extends number, const Body, const Header extends string = never>(
  status: Status,
  body: Body,
  options?: ReplyOptions & { readonly headers?: Readonly<Record<Header, string>> },
): Reply<Status, Body, Lowercase<Header>>;
export function reply(status: number, body?: unknown, options?: ReplyOptions): Reply {
  return new Reply(status, body, options);
}
