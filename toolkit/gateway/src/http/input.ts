import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Contract } from "../contract/contract.ts";
import { type FieldProblem, Problem } from "../contract/problem.ts";
import { callByHand } from "./body.ts";
import type { CallInput } from "./call.ts";
import { validateQuery } from "./query-lists.ts";
import { cookiesOf, queryOf, type Request } from "./request.ts";

/** So many refused values are told at most, and so much of a field's name: a reply is no longer than it helps. */
const MOST_ERRORS = 20;
const LONGEST_NAME = 128;

/** Each part, and what OpenAPI calls its place. */
const PLACES = {
  params: "path",
  query: "query",
  headers: "header",
  cookies: "cookie",
  body: undefined,
} as const satisfies Record<keyof CallInput, FieldProblem["in"]>;
const PARTS = Object.keys(PLACES) as (keyof CallInput)[]; // it has no others

/** Holds each part that the contract has a schema for to that schema; or gives the problem, with all refused values at once. */
export async function checkInput(
  contract: Contract,
  request: Request,
  input: CallInput,
): Promise<Problem | undefined> {
  const { body } = input;
  const errors: FieldProblem[] = [];
  for (const part of PARTS) {
    const schema = contract[part];
    if (schema === undefined) continue;
    const validated =
      part === "query"
        ? validateQuery(schema, queryOf(request))
        : schema["~standard"].validate(readPart(part, request, input));
    const result = validated instanceof Promise ? await validated : validated; // a needless wait costs time
    if (result.issues === undefined) input[part] = result.value;
    else errors.push(...toFieldProblems(result.issues, PLACES[part]));
  }
  if (errors.length === 0) return undefined;
  const isBodyAlone = errors.every((error) => error.in === undefined);
  if (contract.body && body === undefined && isBodyAlone) {
    return new Problem("missing-body", `Send a body: ${callByHand(contract, request)}`);
  }
  return new Problem("invalid-request", "Correct what errors names, then send it again.", {
    errors: errors.slice(0, MOST_ERRORS),
  });
}

function readPart(part: keyof CallInput, request: Request, input: CallInput): unknown {
  if (part === "headers") return request.headers ?? {};
  return part === "cookies" ? cookiesOf(request) : input[part];
}

function toFieldProblems(
  issues: readonly StandardSchemaV1.Issue[],
  place: FieldProblem["in"],
): readonly FieldProblem[] {
  return issues
    .slice(0, MOST_ERRORS)
    .map((issue) => ({ ...(place && { in: place }), ...toFieldProblem(issue) }));
}

/** What a schema finds, by its pointer. */
export function toFieldProblem({ message, path = [] }: StandardSchemaV1.Issue): FieldProblem {
  return { pointer: ["#", ...path.map(toPointerToken)].join("/"), detail: message };
}

/** RFC 6901, section 6: escaped for the pointer, then for the fragment of a URI. */
function toPointerToken(segment: PropertyKey | StandardSchemaV1.PathSegment): string {
  const key = String(typeof segment === "object" ? segment.key : segment);
  const name = key.length > LONGEST_NAME ? `${key.slice(0, LONGEST_NAME)}…` : key;
  return encodeURIComponent(name.toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1"));
}
