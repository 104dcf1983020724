import type { Contract, ProblemDefinition } from "../contract/contract.ts";
import type { Problem } from "../contract/problem.ts";
import type { Reply, ReplyOptions } from "../contract/reply.ts";
import type { Input, Schema } from "../contract/schema.ts";
import type { Unconnected } from "../contract/uses.ts";
import type { Answer } from "./answer.ts";
import type { Call, CallStart } from "./call.ts";
import type { Handler } from "./lambda.ts";
import type { LogFields } from "./log.ts";
import type { Request } from "./request.ts";
import type { Judged, Returned } from "./returned.ts";

export type Headers = NonNullable<ReplyOptions["headers"]>;

export type Logging = {
  /** Adds fields to the one line that the log has for the request, also where it ends with an error. */
  readonly addToLog: (fields: LogFields) => void;
};

/** What a check is given, with the parts that checks before it have added. */
export type CheckCall<Parts = unknown> = CallStart & Logging & Parts;

/** What functions share; see lambdaWith. */
export type Piece<Parts, R> = {
  /** Comes after the route is known, and before any part or body is read. What it throws is a 500. */
  readonly check?: (call: CheckCall<Parts>, contract: Contract) => R | Promise<R>;
  /** On whatever is answered, but where the function, the gateway or an earlier piece has set the same; `vary` is added to. */
  readonly headers?: Headers | ((request: Request, contract: Contract) => Headers | undefined);
  /** Goes around the function. It is asked once for each contract, and throws where it cannot be of use to that. */
  readonly around?: (contract: Contract) => Surrounding<Parts>;
};

/**
 * What goes on around a function, when all of the request is read and checked: `run` runs the function, with parts that it adds to
 * the call, and gives what is answered, held to the contract. It may answer something else, or without a run.
 */
export type Surrounding<Parts = unknown> = (
  call: CheckCall<Parts>,
  run: (parts?: object) => Promise<Answer | Problem>,
) => Promise<Answer | Problem>;

/**
 * A `lambda` whose calls have the parts of its checks, and whose contracts have what its checks end a request with. What they
 * use it gives where it `Connects`.
 */
export type LambdaWith<Parts, Ends, Connects = false> = {
  <const C extends Contract, const R extends Returned<C>>(
    contract: C & Declaring<C, Ends>,
    run: (call: CallOf<C, Connects> & Parts) => R | Promise<R>,
  ): Handler;
  /** What does not compile: the sentence in its type says why. */
  <const C extends Contract, const R>(
    contract: C,
    run: (call: CallOf<C, Connects> & Parts) => Told<C, Ends, R>,
  ): Handler;
  /** The same with another piece, whose check comes after those that there are. */
  with<R = undefined>(
    piece: Piece<Parts, R> & PieceMistake<Parts, R>,
  ): LambdaWith<Parts & PartsOf<R>, Ends | EndsOf<R>, Connects>;
};
type CallOf<C extends Contract, Connects> = Call<C> & (Connects extends true ? unknown : Unconnected<C>);

type End = Problem | Reply;
export type EndsOf<R> = Extract<R, End>;
// biome-ignore lint/suspicious/noConfusingVoidType: a check without a return gives it
type Nothing = undefined | null | void;
type Given<R> = Exclude<R, End | Nothing>;
/** The parts that a check gives; each may be missing where it gives nothing now and then. */
export type PartsOf<R> = [Given<R>] extends [never]
  ? unknown
  : [Extract<R, Nothing>] extends [never]
    ? Given<R>
    : Partial<Given<R>>;

/** Nothing of a piece that can be used; else what is wrong with its check, as the compiler says it. */
export type PieceMistake<Parts, R> = [Mistake<Parts, Given<R>>] extends [never]
  ? unknown
  : { readonly check: { readonly mistake: Mistake<Parts, Given<R>> } };
type Mistake<Parts, G> = G extends object
  ? { [Name in keyof G & string]: NameMistake<Parts, Name> }[keyof G & string]
  : "A check gives an object with the parts that it adds, a problem, a reply, or nothing.";
type NameMistake<Parts, Name extends string> = Name extends keyof Call<Contract>
  ? `A call has ${Name} by itself: give the part another name.`
  : Name extends keyof Parts
    ? `A call has ${Name} from another check: give the part another name.`
    : never;

/** A contract that has problems of these kinds, without members: `C extends Contract & Declares<"signed-out">`. */
export type Declares<Kind extends string> = {
  readonly problems: { readonly [K in Kind]: ProblemDefinition & { readonly members?: undefined } };
};

/** Nothing of a contract that has what the checks end with. Problems without members it says of any contract, even one unknown. */
type Declaring<C extends Contract, Ends> = ([PlainKind<Ends>] extends [never]
  ? unknown
  : Declares<PlainKind<Ends>>) &
  ([OtherEnd<Ends>] extends [never]
    ? unknown
    : [Due<C, OtherEnd<Ends>>] extends [Returned<C>]
      ? unknown
      : never);
type PlainKind<Ends> =
  Ends extends Problem<infer Kind, undefined> ? (Kind extends "unauthenticated" ? never : Kind) : never;
type OtherEnd<Ends> = Ends extends Problem<PlainKind<Ends>, undefined> ? never : Ends;
/** Without what the gateway declares itself: a caller that is unknown, where the contract asks who calls. */
type Due<C extends Contract, Ends> = C extends { readonly headers: infer S extends Schema }
  ? "authorization" extends keyof Input<S>
    ? Exclude<Ends, Problem<"unauthenticated", undefined>>
    : Ends
  : Ends;

type Told<C extends Contract, Ends, R> = [Due<C, Ends>] extends [Returned<C>]
  ? Judged<C, R>
  : `Of a check before it: ${Sentence<C, Due<C, Ends>>}`;
type Sentence<C extends Contract, Ends> = [Ends] extends [Problem<"unauthenticated", undefined>]
  ? "Ask who calls in the contract's headers: authorization."
  : Judged<C, Exclude<Ends, Problem<"unauthenticated", undefined>>> & string;
