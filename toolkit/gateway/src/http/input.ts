import type { StandardSchemaV1 } from "@standard-schema/spec";
import { keyOf } from "../contract/issue-key.ts";
import { type Part, PLACES } from "../contract/places.ts";
import { type FieldProblem, Problem } from "../contract/problem.ts";
import { callByHand } from "./body.ts";
import type { CallInput } from "./call.ts";
import { excerpt } from "./excerpt.ts";
import { ofNearestBranch } from "./nearest-branch.ts";
import { validateQuery } from "./query-lists.ts";
import { cookiesOf, queryOf, type Request } from "./request.ts";
import type { Step } from "./step.ts";

/** So many refused values are told at most: a reply is no longer than it helps. */
const MOST_ERRORS = 20;
const PARTS = Object.keys(PLACES) as Part[]; // it has no others

/**
 * Holds each part but the body to the schema that the contract has for it; what is wrong is added to the errors. A caller
 * without the authorization that the contract asks for is refused, before anything of the body is looked at.
 */
export const checkParts: Step = (contract, request, input, errors) =>
  PARTS.some((part) => contract[part]) // a needless wait costs time
    ? checkEach(contract, request, input, errors)
    : undefined;

const checkEach: Step = async (contract, request, input, errors) => {
  for (const part of PARTS) {
    const schema = contract[part];
    if (!schema) continue;
    const value = readPart(part, request, input);
    const result =
      part === "query" ? validateQuery(schema, queryOf(request)) : schema["~standard"].validate(value);
    settle(part, await result, input, errors);
  }
  if (!errors.some((error) => error.in === "header" && error.pointer === "#/authorization")) return undefined;
  return new Problem("unauthenticated", "Send a valid header authorization.", {
    headers: { "www-authenticate": "Bearer" },
  });
};

/** Holds the body to its schema likewise, and gives the problem with all that is wrong in whatever part. */
export const checkBody: Step = async (contract, request, input, errors) => {
  const schema = contract.body?.choose?.(request) ?? contract.body;
  const result = schema?.["~standard"].validate(input.body);
  if (result) settle("body", result instanceof Promise ? await result : result, input, errors);
  if (errors.length === 0) return undefined;
  if (contract.body && input.body === undefined && errors.every((error) => error.in === undefined)) {
    return new Problem("missing-body", `Send a body: ${callByHand(contract, request)}`);
  }
  return new Problem("invalid-request", "Correct what errors names, then send it again.", {
    errors: errors.slice(0, MOST_ERRORS),
  });
};

function readPart(part: keyof CallInput, request: Request, input: CallInput): unknown {
  if (part === "headers") return request.headers ?? {};
  return part === "cookies" ? cookiesOf(request) : input[part];
}

/** What the schema made of a part takes its place; or what is wrong with it is added to the errors. */
function settle(
  part: keyof CallInput,
  result: StandardSchemaV1.Result<unknown>,
  input: CallInput,
  errors: FieldProblem[],
): void {
  if (result.issues === undefined) {
    input[part] = result.value;
    return;
  }
  const place = part !== "body" && { in: PLACES[part] };
  const issues = result.issues.slice(0, MOST_ERRORS).flatMap(ofNearestBranch).slice(0, MOST_ERRORS);
  errors.push(...issues.map((issue) => ({ ...place, ...toFieldProblem(issue) })));
}

/** What a schema finds, by its pointer: RFC 6901, section 6, escaped for the pointer, then for the fragment of a URI. */
export function toFieldProblem({ message, path = [] }: StandardSchemaV1.Issue): FieldProblem {
  const tokens = path.map((segment) => `/${keyOf(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`);
  const pointer = encodeURIComponent(excerpt(tokens.join("")).toWellFormed()).replaceAll("%2F", "/");
  return { pointer: `#${pointer}`, detail: excerpt(message) };
}
