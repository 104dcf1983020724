import type { GatewayProblem } from "./gateway-problems.ts";
import type { ParameterName } from "./parameter-name.ts";
import type { Input, Schema } from "./schema.ts";
import type { CALL_PARTS } from "./uses.ts";

/** What is wrong with a field of a contract, as the compiler says it. */
type Mistake<Field extends string, Sentence extends string> = [Sentence] extends [never]
  ? unknown
  : { readonly [F in Field]: { readonly mistake: Sentence } };

/** Nothing of a contract that can be kept; of another its fields, each with what is wrong. See findContractMistake. */
export type Mistakes<C> = (C extends { readonly path: infer Path extends string }
  ? Mistake<"path", PathMistake<Path>> &
      (C extends { readonly params: infer P } ? Mistake<"params", ParamsMistake<Path, P>> : unknown)
  : unknown) &
  (C extends { readonly method: "GET"; readonly body: Schema }
    ? Mistake<"body", "A GET has no body: ask for a query, or for another method">
    : unknown) &
  (C extends { readonly headers: infer H } ? Mistake<"headers", HeaderMistake<NamesOf<H>>> : unknown) &
  (C extends { readonly idempotent: "idempotency-key" } ? Mistake<"idempotent", KeyMistake<C>> : unknown) &
  (C extends { readonly reply: infer R } ? Mistake<"reply", ReplyMistake<R>> : unknown) &
  (C extends { readonly replyHeaders: infer H }
    ? Mistake<"replyHeaders", ReplyHeaderMistake<StatusesOf<C>, H>>
    : unknown) &
  (C extends { readonly problems: infer P } ? Mistake<"problems", ProblemMistake<P>> : unknown) &
  (C extends { readonly uses: infer U } ? Mistake<"uses", UseMistake<keyof U & string>> : unknown);

type PathMistake<Path extends string> = Path extends `/${infer Segments}`
  ? Segments extends ""
    ? never
    : SegmentsMistake<Segments>
  : never;

type SegmentsMistake<Path extends string, Before = never> = Path extends `${infer Segment}/${infer Rest}`
  ?
      | SegmentMistake<Segment, Before>
      | (Segment extends `{${string}+}` ? `Put ${Segment} last: it takes all that follows` : never)
      | SegmentsMistake<Rest, Before | Segment>
  : SegmentMistake<Path, Before>;

type SegmentMistake<Segment extends string, Before> = Segment extends `{${infer Name}}`
  ? Name extends HasBrace | "" | "+"
    ? NoSegment<Segment>
    : Segment extends Before
      ? `The path has ${Segment} twice`
      : never
  : Segment extends HasBrace
    ? NoSegment<Segment>
    : Segment extends "" | "." | ".." | `${string}${"?" | "#" | "%" | " "}${string}`
      ? `"${Segment}" is no segment of a path: use letters, digits and -._~`
      : never;
type HasBrace = `${string}{${string}` | `${string}}${string}`;
type NoSegment<Segment extends string> = `A parameter is a whole segment, such as {id}: ${Segment} is none`;

type ParamsMistake<Path extends string, S> = Path extends Path
  ? string extends NamesOf<S>
    ? never
    : `/${string}` extends Path
      ? never
      : Lacks<Exclude<ParameterName<Path>, NamesOf<S>>> | Asks<Exclude<NamesOf<S>, ParameterName<Path>>>
  : never;
type Lacks<Name extends string> = Name extends Name ? `The path has {${Name}}, and params has not` : never;
type Asks<Name extends string> = Name extends Name
  ? `params has ${Name}, and the path has no {${Name}}`
  : never;

type HeaderMistake<Name extends string> = string extends Name
  ? never
  : Name extends Lowercase<Name>
    ? never
    : `Write ${Lowercase<Name>} for ${Name}: names of headers arrive in lower case`;

type KeyMistake<C> = C extends { readonly method: "GET" }
  ? "A GET may be repeated without a key: leave idempotent out"
  : C extends { readonly headers: infer H }
    ? "idempotency-key" extends NamesOf<H>
      ? never
      : KeyIsDue
    : KeyIsDue;
type KeyIsDue = "Ask for the key: headers of an object with idempotency-key";

type ReplyMistake<R> = R extends Schema
  ? never
  : [keyof R] extends [never]
    ? "A contract has a reply at least"
    :
        | { [Status in keyof R & number]: StatusMistake<Status, R[Status]> }[keyof R & number]
        | `${keyof R & string} is no status: a reply's is 200 to 599`;
type StatusMistake<Status extends number, S> = number extends Status
  ? never
  : `${Status}` extends `${2 | 3 | 4 | 5}${Digit}${Digit}`
    ? Status extends 204 | 205 | 304
      ? S extends null
        ? never
        : `A ${Status} has no body: write null`
      : never
    : `${Status} is no status that ends a request`;

type ProblemMistake<P> = { [Kind in keyof P & string]: KindMistake<Kind, P[Kind]> }[keyof P & string];
type KindMistake<Kind extends string, P> = string extends Kind
  ? never
  : Kind extends GatewayProblem
    ? `${Kind} is a problem of the gateway's own: call yours something else`
    : P extends { readonly status: infer Status extends number }
      ? number extends Status
        ? never
        : `${Status}` extends `${4 | 5}${Digit}${Digit}`
          ? never
          : `${Kind} has the status ${Status}: a problem's is 400 to 599`
      : never;

type UseMistake<Name extends string> = string extends Name
  ? never
  : Name extends (typeof CALL_PARTS)[number]
    ? `A call has ${Name} by itself: give what is used another name`
    : never;

/** Of replies, and of problems. */
type StatusesOf<C> =
  | (C extends { readonly reply: infer R } ? (R extends Schema ? 200 : keyof R) : never)
  | (C extends { readonly problems: infer P } ? P[keyof P]["status" & keyof P[keyof P]] : never);
type ReplyHeaderMistake<Statuses, H> = {
  [Status in keyof H & number]: number extends Status
    ? never
    : Status extends Statuses
      ? HeaderMistake<keyof H[Status] & string>
      : number extends Statuses
        ? never
        : `The contract has neither a reply nor a problem of the status ${Status}`;
}[keyof H & number];

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** The names that a schema of an object takes; any text where it takes any. */
type NamesOf<S> = S extends Schema ? KeysOf<Input<S>> : string;
type KeysOf<T> = T extends object ? keyof T & string : string;
