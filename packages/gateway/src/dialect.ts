import type { Contract } from "./contract.ts";
import { bare } from "./dialects/bare.ts";
import { http } from "./dialects/http.ts";
import { rest } from "./dialects/rest.ts";
import { isObject } from "./dialects/untrusted.ts";
import type { HttpResult, RestResult } from "./events.ts";
import type { Reply } from "./reply.ts";
import type { Request } from "./request.ts";
import { UnsupportedEventError } from "./unsupported-event-error.ts";

/** One way in which AWS speaks HTTP to a function, in both directions. */
export type Dialect = {
  recognizes(event: object): boolean;
  /** Never throws, whatever the event lacks or has of another type than AWS documents. */
  read(event: object, contract: Contract): Request;
  write(reply: Reply): HttpResult | RestResult;
};

const dialects: readonly Dialect[] = [http, rest, bare];

/** An event's request, and the dialect to write its result in. Throws UnsupportedEventError if it is not HTTP. */
export function receive(event: unknown, contract: Contract): { request: Request; dialect: Dialect } {
  const dialect = isObject(event) ? dialects.find(({ recognizes }) => recognizes(event)) : undefined;
  if (dialect === undefined) throw new UnsupportedEventError(event);
  return { request: dialect.read(event as object, contract), dialect }; // recognized, so it is an object
}
