import type { ProblemDefinition } from "./contract.ts";
import { Problem, toReply } from "./problem.ts";

/** The type that a caller gets with a problem, and may switch on. */
export function problemType(kind: string, definition: ProblemDefinition): string {
  const contract = {
    method: "GET",
    path: "/",
    summary: "",
    reply: {},
    problems: { [kind]: definition },
  } as const;
  const { type } = toReply(new Problem(kind, ""), contract, "").body as { type: string }; // as every problem has it
  return type;
}
