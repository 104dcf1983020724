import type { Contract, ProblemDefinition } from "../contract/contract.ts";
import { type FieldProblem, gatewayProblems } from "../contract/problem.ts";
import { problemType } from "../contract/problem-type.ts";
import type { ProblemReply } from "./client-types.ts";

/** Longer text is not a title. */
const LONGEST_TITLE = 200;

/** A problem of what claims to be one (RFC 9457): members of another type are left out, and the response has the last word on its status. */
export function toProblem(status: number, body: unknown): ProblemReply {
  const { type, title, detail, instance, errors, ...members } = fieldsOf(body);
  return {
    ...members,
    type: typeof type === "string" ? type : "about:blank",
    title: typeof title === "string" ? title : `HTTP ${status}`,
    status,
    ...(typeof detail === "string" && { detail }),
    ...(typeof instance === "string" && { instance }),
    ...(Array.isArray(errors) && { errors: errors.filter(isFieldProblem) }),
  };
}

/** A problem of what another has answered, such as API Gateway: `{"message":"Not Found"}`. */
export function toForeignProblem(status: number, body: unknown): ProblemReply {
  const { message, Message = message } = fieldsOf(body); // AWS uses either spelling
  const isTitle = typeof Message === "string" && Message !== "" && Message.length <= LONGEST_TITLE;
  return { type: "about:blank", title: isTitle ? Message : `HTTP ${status}`, status };
}

/** What the contract calls a problem of that type. */
export function kindOf(contract: Contract, type: string): string | undefined {
  const problems: Readonly<Record<string, ProblemDefinition>> = { ...contract.problems, ...gatewayProblems };
  return Object.entries(problems).find(([kind, definition]) => problemType(kind, definition) === type)?.[0];
}

function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === "object" && !Array.isArray(body) ? { ...body } : {};
}

function isFieldProblem(item: unknown): item is FieldProblem {
  const { pointer, detail } = fieldsOf(item);
  return typeof pointer === "string" && typeof detail === "string";
}
