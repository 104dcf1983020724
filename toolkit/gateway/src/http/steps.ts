import type { Contract } from "../contract/contract.ts";
import type { FieldProblem, Problem } from "../contract/problem.ts";
import { type Reply, reply } from "../contract/reply.ts";
import { allowedMethods } from "../contract/route.ts";
import { readBody } from "./body.ts";
import type { CallInput } from "./call.ts";
import { checkBody, checkParts } from "./input.ts";
import { matchRoute } from "./match-route.ts";
import type { Request } from "./request.ts";

/** One thing that is done with a request before its function runs. It adds to the input or the errors, or ends the request. */
export type Step = (
  contract: Contract,
  request: Request,
  input: CallInput,
  errors: FieldProblem[],
) => StepResult | Promise<StepResult>;

/** The reply or the problem that the gateway answers with, in the place of the function; undefined to go on. */
export type StepResult = Problem | Reply | undefined;

/** In the order in which they are taken. `explain` takes the same, and has words for each. */
export const steps = {
  route: matchRoute,
  options: answerOptions,
  parts: checkParts,
  body: readBody,
  contract: checkBody,
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof steps;

function answerOptions(contract: Contract, { method }: Request): Reply | undefined {
  if (method !== "OPTIONS") return undefined;
  return reply(204, undefined, { headers: { allow: allowedMethods(contract).join(", ") } });
}
