import type { Contract } from "../contract/contract.ts";
import type { FieldProblem, Problem } from "../contract/problem.ts";
import type { Answer } from "./answer.ts";
import type { CallInput, CallStart } from "./call.ts";
import type { Deadline } from "./deadline.ts";
import type { LogFields } from "./log.ts";
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
export type Around = {
  readonly deadline: Deadline;
  /** What becomes of whatever is answered, problems among it. It never throws. */
  finish?: (answer: Answer) => Answer;
  /** What the log line of the request has besides. */
  fields?: LogFields;
};
