import type { Contract } from "../contract/contract.ts";
import { type FieldProblem, Problem, toReply } from "../contract/problem.ts";
import { type Answer, toAnswer } from "./answer.ts";
import type { Call, CallInput, Run } from "./call.ts";
import { outOfTime, withDeadline } from "./deadline.ts";
import { type Result, receive } from "./dialect.ts";
import type { Context } from "./events.ts";
import { describeError, type LogLine, levelOf } from "./log.ts";
import { checkMembers, checkReply } from "./reply-check.ts";
import type { Request } from "./request.ts";
import { exceedsLimit } from "./result-size.ts";
import type { Judged, Returned } from "./returned.ts";
import { type Step, steps } from "./steps.ts";

export type { Call, CallWith, Run } from "./call.ts";
export type { Returned } from "./returned.ts";

const orderedSteps: readonly Step[] = Object.values(steps);

export type Handler = (event: unknown, context: Context) => Promise<Result>;

/** How a request ends: what the caller gets, and what only the log tells. */
type Ending = { readonly answer: Answer; readonly problem?: string; readonly error?: unknown };

/**
 * Makes a Lambda handler of a contract and the function that fulfils it. The result is in the dialect of the
 * event. It rejects with UnsupportedEventError for an event that is not HTTP, and never otherwise.
 */
export function lambda<const C extends Contract, const R extends Returned<C>>(
  contract: C,
  run: (call: Call<C>) => R | Promise<R>,
): Handler;
/** A function that returns something else, which does not compile: the sentence in its type says why. */
export function lambda<const C extends Contract, const R>(
  contract: C,
  run: (call: Call<C>) => Judged<C, R>,
): Handler;
export function lambda<C extends Contract>(contract: C, run: Run<C>): Handler {
  return async (event, context) => {
    const started = Date.now();
    const { event: httpEvent, dialect, request } = receive(event, contract);
    let ending = await handle(contract, run, request, context);
    if (request.method === "HEAD")
      ending = { ...ending, answer: { ...ending.answer, body: "", isBase64Encoded: false } };
    let result = dialect.write(ending.answer, httpEvent);
    const tooLarge = exceedsLimit(result, dialect.maxResultBytes);
    if (tooLarge !== undefined) {
      ending = fail(contract, context, tooLarge);
      result = dialect.write(ending.answer, httpEvent);
    }
    log(contract, request, context, ending, Date.now() - started);
    return result;
  };
}

async function handle<C extends Contract>(
  contract: C,
  run: Run<C>,
  request: Request,
  context: Context,
): Promise<Ending> {
  try {
    const input: CallInput = {};
    const errors: FieldProblem[] = [];
    for (const step of orderedSteps) {
      const result = step(contract, request, input, errors);
      const ended = result && (await result); // most give nothing, and a wait for that costs time too
      if (ended instanceof Problem) return refuse(contract, context, ended);
      if (ended) return { answer: toAnswer(ended, null) };
    }

    const call = { ...input, request, context } as Call<C>; // each part is what its schema gave
    const returned = await withDeadline(run(call), () => context.getRemainingTimeInMillis());
    if (returned === outOfTime) {
      const problem = new Problem("out-of-time", "Try again later, or ask for less at once.");
      return {
        ...refuse(contract, context, problem),
        error: new Error("the function came too near its timeout"),
      };
    }
    if (returned instanceof Problem)
      return refuse(contract, context, returned, await checkMembers(contract, returned));
    const { checked, schema } = await checkReply(contract, returned);
    const answer = toAnswer(checked, schema);
    return { answer: contract.compress?.(answer, request) ?? answer };
  } catch (error) {
    return fail(contract, context, error);
  }
}

function refuse(contract: Contract, { awsRequestId }: Context, problem: Problem, members?: unknown): Ending {
  return { answer: toAnswer(toReply(problem, contract, awsRequestId, members), {}), problem: problem.kind };
}

function fail(contract: Contract, context: Context, error: unknown): Ending {
  const problem = new Problem("internal-error", "Try again later. If it happens again, report the instance.");
  return { ...refuse(contract, context, problem), error };
}

function log(
  contract: Contract,
  request: Request,
  context: Context,
  ending: Ending,
  durationMs: number,
): void {
  const line: LogLine = {
    message: "request",
    requestId: context.awsRequestId,
    method: request.method,
    route: `${contract.method} ${contract.path}`,
    status: ending.answer.status,
    durationMs,
    ...(ending.problem !== undefined && { problem: ending.problem }),
    ...("error" in ending && { error: describeError(ending.error) }),
  };
  console[levelOf(line)](line);
}
