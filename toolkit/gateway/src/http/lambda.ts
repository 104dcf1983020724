import type { Contract } from "../contract/contract.ts";
import { type FieldProblem, Problem, toReply } from "../contract/problem.ts";
import type { Unconnected } from "../contract/uses.ts";
import { type Answer, toAnswer } from "./answer.ts";
import type { Call, CallInput, CallStart, Run } from "./call.ts";
import { Deadline } from "./deadline.ts";
import { type Result, receive } from "./dialect.ts";
import type { Context } from "./events.ts";
import { describeError, type LogLine, levelOf } from "./log.ts";
import { checkMembers, checkReply } from "./reply-check.ts";
import { exceedsLimit } from "./result-size.ts";
import type { Judged, Returned } from "./returned.ts";
import type { Around, SharedStep } from "./step.ts";
import { steps } from "./steps.ts";

export type { Call, CallWith, Run } from "./call.ts";
export type { Returned } from "./returned.ts";

const orderedSteps: readonly SharedStep[] = Object.values(steps);

export type Handler = (event: unknown, context: Context) => Promise<Result>;

/** How a request ends: what the caller gets, and what only the log tells. */
type Ending = { readonly answer: Answer; readonly problem?: string; readonly error?: unknown };

/**
 * Makes a Lambda handler of a contract and the function that fulfils it. The result is in the dialect of the
 * event. It rejects with UnsupportedEventError for an event that is not HTTP, and never otherwise.
 */
export function lambda<const C extends Contract, const R extends Returned<C>>(
  contract: C,
  run: (call: Call<C> & Unconnected<C>) => R | Promise<R>,
): Handler;
/** With more steps than the contract's, as lambdaWith has them. */
export function lambda<C extends Contract>(contract: C, run: Run<C>, steps: readonly SharedStep[]): Handler;
/** A function that returns something else, which does not compile: the sentence in its type says why. */
export function lambda<const C extends Contract, const R>(
  contract: C,
  run: (call: Call<C> & Unconnected<C>) => Judged<C, R>,
): Handler;
export function lambda<C extends Contract>(contract: C, run: Run<C>, steps = orderedSteps): Handler {
  return async (event, context) => {
    const started = Date.now();
    const { event: httpEvent, dialect, request } = receive(event, contract);
    const deadline = new Deadline(context);
    const around: Around = { deadline };
    const call: CallStart = { request, context, deadline };
    let ending = await handle(contract, run, call, steps, around);
    if (request.method === "HEAD")
      ending = { ...ending, answer: { ...ending.answer, body: "", isBase64Encoded: false } };
    let result = dialect.write(finish(ending, around), httpEvent);
    const tooLarge = exceedsLimit(result, dialect.maxResultBytes);
    if (tooLarge !== undefined) {
      ending = await fail(contract, context, tooLarge);
      result = dialect.write(finish(ending, around), httpEvent);
    }
    log(contract, call, around, ending, Date.now() - started);
    return result;
  };
}

function finish({ answer }: Ending, { finish }: Around): Answer {
  return finish === undefined ? answer : finish(answer);
}

async function handle<C extends Contract>(
  contract: C,
  run: Run<C>,
  call: CallStart & CallInput,
  steps: readonly SharedStep[],
  around: Around,
): Promise<Ending> {
  const { request, context } = call;
  try {
    const errors: FieldProblem[] = [];
    for (const step of steps) {
      const result = step(contract, request, call, errors, around);
      const ended = result && (await result); // most give nothing, and a wait for that costs time too
      if (ended instanceof Problem) return await refuse(contract, context, ended);
      if (ended) return { answer: ended };
    }

    const returned = await around.deadline.race(run(call as Call<C>)); // each part is what its schema gave
    if (returned instanceof Problem) return await refuse(contract, context, returned);
    const answer = await checkReply(contract, returned);
    return { answer: contract.compress?.(answer, request) ?? answer };
  } catch (error) {
    return fail(contract, context, error, around.deadline.signal.aborted);
  }
}

async function refuse(contract: Contract, { awsRequestId }: Context, problem: Problem): Promise<Ending> {
  const reply = toReply(problem, contract, awsRequestId, await checkMembers(contract, problem));
  return { answer: toAnswer(reply, {}), problem: problem.kind };
}

async function fail(contract: Contract, context: Context, error: unknown, isLate = false): Promise<Ending> {
  const problem = isLate
    ? new Problem("out-of-time", "Try again later, or ask for less at once.")
    : new Problem("internal-error", "Try again later. If it happens again, report the instance.");
  return { ...(await refuse(contract, context, problem)), error };
}

function log(
  contract: Contract,
  { request, context }: CallStart,
  { fields }: Around,
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
    problem: ending.problem,
    error: "error" in ending ? describeError(ending.error) : undefined,
  };
  console[levelOf(line)](fields ? { ...fields, ...line } : line);
}
