import type { Contract } from "../contract/contract.ts";
import { Problem } from "../contract/problem.ts";
import { Reply } from "../contract/reply.ts";
import { type Answer, toAnswer } from "./answer.ts";
import type { Call, CallInput, Run } from "./call.ts";
import { lambda } from "./lambda.ts";
import { describeError } from "./log.ts";
import { checkReply } from "./reply-check.ts";
import type {
  CheckCall,
  EndsOf,
  Headers,
  LambdaWith,
  Logging,
  PartsOf,
  Piece,
  PieceMistake,
  Surrounding,
} from "./shared-types.ts";
import type { SharedStep } from "./step.ts";
import { steps } from "./steps.ts";

export type {
  CheckCall,
  Declares,
  EndsOf,
  LambdaWith,
  Logging,
  PartsOf,
  Piece,
  PieceMistake,
  Surrounding,
} from "./shared-types.ts";

/**
 * What several functions share: a `lambda` with a check before each function, and headers on whatever is answered. A check
 * sees the request before any part or body of it is read. It gives parts that it adds to the call, nothing, or what ends the
 * request: a problem or a reply that the contract has. Calls have `addToLog` besides, for fields on the request's log line.
 *
 *     const authed = lambdaWith({
 *       check: async ({ request, deadline, addToLog }) => {
 *         const user = await findUser(request.headers?.authorization, deadline.signal);
 *         if (!user) return problem("signed-out", "Sign in first.");
 *         addToLog({ user: user.id });
 *         return { user };
 *       },
 *     });
 *     export const handler = authed(readOrder, ({ params, user }) => findOrder(params.id, user));
 *
 * `authed.with({ … })` is the same with another piece, whose check comes later, and sees the parts of those before.
 */
export function lambdaWith<R = undefined>(
  piece?: Piece<Logging, R> & PieceMistake<Logging, R>,
): LambdaWith<Logging & PartsOf<R>, EndsOf<R>> {
  return withPieces(piece ? [piece] : []) as LambdaWith<Logging & PartsOf<R>, EndsOf<R>>; // its types say what the checks give
}

type AnyPiece = Piece<Logging, unknown>;

function withPieces(pieces: readonly AnyPiece[]): unknown {
  const { route, options, ...others } = steps;
  const ordered: readonly SharedStep[] = [
    openLog,
    ...pieces.flatMap(({ headers }) => (headers ? [toHeaderStep(headers)] : [])),
    route,
    options,
    ...pieces.flatMap(({ check }) => (check ? [toCheckStep(check)] : [])),
    ...Object.values(others),
  ];
  const shared = <C extends Contract>(contract: C, run: Run<C>) => {
    const around = pieces.flatMap(({ around }) => (around ? [around(contract)] : []));
    return lambda(contract, run, around.length > 0 ? [...ordered, toRunStep(around, run)] : ordered);
  };
  return Object.assign(shared, { with: (piece: AnyPiece) => withPieces([...pieces, piece]) });
}

const openLog: SharedStep = (_contract, _request, call, _errors, around) => {
  const fields: Record<string, unknown> = {};
  around.fields = fields;
  const addToLog: Logging["addToLog"] = (added) => {
    for (const [name, value] of Object.entries(added)) fields[name] = toLoggable(value);
  };
  addParts(call, { addToLog });
  return undefined;
};

/** As JSON has it at this moment, or in words: a value that JSON lacks would make text of the whole line. */
function toLoggable(value: unknown): unknown {
  if (value === undefined) return undefined;
  if (value instanceof Error) return describeError(value);
  try {
    return JSON.parse(JSON.stringify(value) ?? "null");
  } catch {
    return describeError(value).message;
  }
}

/** They are read once, before all else: a 500 because of them does not have them. */
function toHeaderStep(given: NonNullable<AnyPiece["headers"]>): SharedStep {
  return (contract, request, _call, _errors, around) => {
    const headers: Headers = (typeof given === "function" ? given(request, contract) : given) ?? {};
    const added = toAnswer(new Reply(200, undefined, { headers }), null);
    const { finish } = around;
    around.finish = (unfinished) => {
      const answer = finish?.(unfinished) ?? unfinished;
      const vary = [answer.headers.vary, added.headers.vary].filter(Boolean).join(", "); // a cache must know both
      return {
        ...answer,
        headers: { ...added.headers, ...answer.headers, ...(vary && { vary }) },
        cookies: [...added.cookies, ...answer.cookies],
      };
    };
    return undefined;
  };
}

function toCheckStep(check: NonNullable<AnyPiece["check"]>): SharedStep {
  return async (contract, _request, call, _errors, around) => {
    const given = await around.deadline.race(check(call as CheckCall & Logging, contract)); // openLog has added the rest
    if (given instanceof Problem) return given;
    if (given instanceof Reply) return checkReply(contract, given);
    addParts(call, Object(given));
    return undefined;
  };
}

/** Runs the function itself, the first piece outermost: what a step gives ends the request. */
function toRunStep<C extends Contract>(around: readonly Surrounding<Logging>[], run: Run<C>): SharedStep {
  return async (contract, request, call, _errors, { deadline }) => {
    const runFrom = async (nth: number, parts: object = {}): Promise<Answer | Problem> => {
      addParts(call, parts);
      const next = around[nth];
      if (next) return next(call as CheckCall & Logging, (added) => runFrom(nth + 1, added)); // openLog has added the rest
      const returned: unknown = await run(call as Call<C>); // each part is what its schema gave
      return returned instanceof Problem ? returned : checkReply(contract, returned);
    };
    const ended = await deadline.race(runFrom(0));
    return ended instanceof Problem ? ended : (contract.compress?.(ended, request) ?? ended);
  };
}

const PARTS: readonly string[] = [
  "params",
  "query",
  "headers",
  "cookies",
  "body",
] satisfies (keyof CallInput)[];

function addParts(call: object, parts: object): void {
  for (const name of Object.keys(parts)) {
    if (PARTS.includes(name) || Object.hasOwn(call, name))
      throw new TypeError(`a call has ${name} already: give the part of the check another name`);
  }
  Object.assign(call, parts);
}
