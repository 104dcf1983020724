import type { Answer } from "./answer.ts";
import type { Contract } from "./contract.ts";
import { alb } from "./dialects/alb.ts";
import { bare } from "./dialects/bare.ts";
import { http } from "./dialects/http.ts";
import { rest } from "./dialects/rest.ts";
import { isObject } from "./dialects/untrusted.ts";
import type { AlbResult, HttpResult, RestResult } from "./events.ts";
import type { Request } from "./request.ts";
import { UnsupportedEventError } from "./unsupported-event-error.ts";

/** One way in which AWS speaks HTTP to a function, in both directions. */
export type Dialect = {
  recognizes(event: object): boolean;
  /** Never throws, whatever the event lacks or has of another type than AWS documents. */
  read(event: object, contract: Contract): Request;
  write(answer: Answer, event: object): Result;
  /** The largest result that the gateway takes, in bytes. */
  readonly maxResultBytes: number;
};

export type Result = HttpResult | RestResult | AlbResult;

const dialects: readonly Dialect[] = [http, rest, alb, bare];

/** The dialect of an event; undefined if it is not HTTP. */
export function dialectOf(event: object): Dialect | undefined {
  return dialects.find((dialect) => dialect.recognizes(event));
}

/** An event's request, and how to write its result. Throws UnsupportedEventError if the event is not HTTP. */
export function receive(
  event: unknown,
  contract: Contract,
): { request: Request; maxResultBytes: number; write: (answer: Answer) => Result } {
  const dialect = isObject(event) ? dialectOf(event) : undefined;
  if (!isObject(event) || dialect === undefined) throw new UnsupportedEventError(event);
  return {
    request: dialect.read(event, contract),
    maxResultBytes: dialect.maxResultBytes,
    write: (answer) => dialect.write(answer, event),
  };
}
