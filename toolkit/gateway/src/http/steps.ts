import type { Contract } from "../contract/contract.ts";
import type { FieldProblem, Problem } from "../contract/problem.ts";
import { reply } from "../contract/reply.ts";
import { allowedMethods } from "../contract/route.ts";
import { type Answer, toAnswer } from "./answer.ts";
import { readBody } from "./body.ts";
import type { CallInput, CallStart } from "./call.ts";
import type { Deadline } from "./deadline.ts";
import { checkBody, checkParts } from "./input.ts";
import type { LogFields } from "./log.ts";
import { matchRoute } from "./match-route.ts";
import type { Request } from "./request.ts";

/** One thing that is done with a request before its function runs. It adds to the input or the errors, or ends the request. */
export type Step = (
  contract: Contract,
  request: Request,
  input: CallInput,
  errors: FieldProblem[],
) => StepResult | Promise<StepResult>;

/** The answer or the problem that the caller gets in the place of the function's; undefined to go on. */
export type StepResult = Problem | Answer | undefined;

/** A step that handlers share. It may add parts to the call, and to what goes on around its function. */
export type SharedStep = (
  contract: Contract,
  request: Request,
  call: CallStart & CallInput,
  errors: FieldProblem[],
  around: Around,
) => StepResult | Promise<StepResult>;

/** What goes on around the function for one request, which a step may add to. */
export type Around = Deadline & {
  /** What becomes of whatever is answered, problems among it. It never throws. */
  finish?: (answer: Answer) => Answer;
  /** What the log line of the request has besides. */
  fields?: LogFields;
};

/**
 * In the order in which they are taken. `explain` takes the same, and has words for each. Who calls is settled before `parts`,
 * where the checks that handlers share are taken, and no part is read yet.
 */
export const steps = {
  route: matchRoute,
  options: answerOptions,
  parts: checkParts,
  body: readBody,
  contract: checkBody,
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof steps;

function answerOptions(contract: Contract, { method }: Request): Answer | undefined {
  if (method !== "OPTIONS") return undefined;
  return toAnswer(reply(204, undefined, { headers: { allow: allowedMethods(contract).join(", ") } }), null);
}
