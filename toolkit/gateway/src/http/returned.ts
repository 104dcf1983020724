import type { Contract, Replies } from "../contract/contract.ts";
import type { Problem } from "../contract/problem.ts";
import type { Reply } from "../contract/reply.ts";
import type { Schema } from "../contract/schema.ts";
import type { Given } from "../contract/wire.ts";
import type { Fault, Listed } from "./fault.ts";

/** What a function may return, as its contract has it; a promise of it will do as well. */
export type Returned<C extends Contract> =
  | Promised<C["reply"], HeadersOf<C>>
  | { [Kind in KindOf<C>]: Problem<Kind, MembersOf<C, Kind>> }[KindOf<C>];

type Promised<R, H> = R extends Schema ? ReplyOf<{ readonly 200: R }, H> : ReplyOf<R, H>;

/** A reply of any of the statuses; of 200 the plain body will do, unless it has headers. */
type ReplyOf<R, H> =
  | (R extends { readonly 200: infer S } ? ([HeaderOf<H, 200>] extends [never] ? BodyOf<S> : never) : never)
  | { [Status in keyof R & number]: Reply<Status, BodyOf<R[Status]>, HeaderOf<H, Status>> }[keyof R & number];

/** The headers that replies have by themselves; cookies are given apart. */
type HeadersOf<C extends Contract> = C extends { readonly replyHeaders: infer H } ? H : unknown;
type HeaderOf<H, Status extends number> = H extends { readonly [S in Status]: infer Names }
  ? Exclude<keyof Names & string, "set-cookie">
  : never;

/** What a function returns, or the sentence that says what is wrong with it. */
export type Judged<C extends Contract, R> = [R] extends [Returned<C> | Promise<Returned<C>>]
  ? R
  : Judgement<C, Awaited<R>>;

type RepliesOf<C extends Contract> = C["reply"] extends Schema
  ? { readonly 200: C["reply"] }
  : C["reply"] extends Replies
    ? C["reply"]
    : never;
type StatusOf<C extends Contract> = keyof RepliesOf<C> & number;
type KindOf<C extends Contract> = keyof NonNullable<C["problems"]> & string;
/** What a problem adds to the standard fields. */
type MembersOf<C extends Contract, Kind extends KindOf<C>> = NonNullable<C["problems"]>[Kind] extends {
  readonly members: infer S extends Schema;
}
  ? Given<S>
  : undefined;
type BodyOf<S> = S extends Schema ? Given<S> : undefined;

/** Of each kind of value that is returned, what is wrong with it. */
type Judgement<C extends Contract, R> = R extends unknown
  ? R extends Returned<C>
    ? never
    : R extends Problem<infer Kind, infer Members>
      ? JudgedProblem<C, Kind, Members>
      : R extends Reply<infer Status, infer Body, infer Header>
        ? JudgedReply<C, Status, Body, Header>
        : JudgedValue<C, R>
  : never;

type JudgedProblem<C extends Contract, Kind extends string, Members> =
  Kind extends KindOf<C>
    ? MembersOf<C, Kind> extends undefined
      ? `Problem "${Kind}" has no members in the contract: declare them, or leave them out.`
      : Members extends undefined
        ? `Problem "${Kind}" has members: problem("${Kind}", detail, { members }).`
        : Told<`Problem "${Kind}"`, Fault<MembersOf<C, Kind>, Members>>
    : UnknownProblem<C, Kind>;

type UnknownProblem<C extends Contract, Kind extends string> = [KindOf<C>] extends [never]
  ? `The contract has no problems: declare "${Kind}" in its problems.`
  : `The contract has no problem "${Kind}". It has: ${Listed<KindOf<C>>}.`;

type JudgedReply<
  C extends Contract,
  Status extends number,
  Body,
  Header extends string,
> = number extends Status
  ? `The status of this reply may be any number. The contract has: ${Listed<StatusOf<C>>}.`
  : Status extends StatusOf<C>
    ? [Exclude<HeaderOf<HeadersOf<C>, Status>, Header>] extends [never]
      ? RepliesOf<C>[Status] extends Schema
        ? Told<`Reply ${Status}`, Fault<BodyOf<RepliesOf<C>[Status]>, Body>>
        : `Reply ${Status} has no body: return reply(${Status}).`
      : WithHeaders<Status, Exclude<HeaderOf<HeadersOf<C>, Status>, Header>>
    : `The contract has no reply ${Status}. It has: ${Listed<StatusOf<C>>}.`;

type WithHeaders<
  Status extends number,
  Missing extends string,
> = `Reply ${Status} has to have the headers that its contract declares: ${Listed<Missing>}. Give them: reply(${Status}, body, { headers }).`;

type JudgedValue<C extends Contract, Value> =
  200 extends StatusOf<C>
    ? [HeaderOf<HeadersOf<C>, 200>] extends [never]
      ? unknown extends Value
        ? Told<"Reply 200", Fault<BodyOf<RepliesOf<C>[200]>, Value>>
        : undefined extends Value
          ? "Reply 200 has a body, and the function returns none."
          : Told<"Reply 200", Fault<BodyOf<RepliesOf<C>[200]>, Value>>
      : WithHeaders<200, HeaderOf<HeadersOf<C>, 200>>
    : `A plain value is a reply 200, and the contract has none. It has: ${Listed<StatusOf<C>>}.`;

type Told<What extends string, Sentence> = [Sentence] extends [never]
  ? `${What} is not as the contract has it.`
  : Sentence extends string
    ? `${What}, ${Sentence}`
    : never;
