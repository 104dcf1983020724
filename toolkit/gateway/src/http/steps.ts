import { reply } from "../contract/reply.ts";
import { allowedMethods } from "../contract/route.ts";
import { toAnswer } from "./answer.ts";
import { readBody } from "./body.ts";
import { checkBody, checkParts } from "./input.ts";
import { matchRoute } from "./match-route.ts";
import type { Step } from "./step.ts";

export type { Step } from "./step.ts";

/**
 * In the order in which they are taken. `explain` takes the same, and has words for each. Who calls is settled before `parts`,
 * where the checks that handlers share are taken, and no part is read yet.
 */
export const steps = {
  route: matchRoute,
  options: (contract, { method }) =>
    method === "OPTIONS"
      ? toAnswer(reply(204, undefined, { headers: { allow: allowedMethods(contract).join(", ") } }), null)
      : undefined,
  parts: checkParts,
  body: readBody,
  contract: checkBody,
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof steps;
