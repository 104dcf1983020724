import type { Contract } from "../contract/contract.ts";
import type { Answer } from "./answer.ts";
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

/** In the order in which an event is held to them. */
export const dialects = { http, rest, alb, bare } as const satisfies Record<string, Dialect>;
export type DialectName = keyof typeof dialects;
const orderedDialects: readonly Dialect[] = Object.values(dialects);

/** The dialect of an event; undefined if it is not HTTP. */
export function dialectOf(event: unknown): Dialect | undefined {
  return isObject(event) ? orderedDialects.find((dialect) => dialect.recognizes(event)) : undefined;
}

/** An HTTP event, its request, and the dialect that its result must be in. */
export type Received = { readonly event: object; readonly dialect: Dialect; readonly request: Request };

/** Throws UnsupportedEventError if the event is not HTTP. */
export function receive(event: unknown, contract: Contract): Received {
  const dialect = dialectOf(event);
  if (!isObject(event) || dialect === undefined) throw new UnsupportedEventError(event);
  return { event, dialect, request: dialect.read(event, contract) };
}
