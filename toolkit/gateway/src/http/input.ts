import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Contract } from "../contract/contract.ts";
import { type FieldProblem, Problem } from "../contract/problem.ts";
import { callByHand, readBody } from "./body.ts";
import type { CallInput } from "./call.ts";
import { excerpt } from "./excerpt.ts";
import { keyOf } from "./issue-key.ts";
import { ofNearestBranch } from "./nearest-branch.ts";
import { validateQuery } from "./query-lists.ts";
import { cookiesOf, queryOf, type Request } from "./request.ts";

/** So many refused values are told at most, and so many characters of all: a reply is no longer than it helps. */
const MOST_ERRORS = 20;
const MOST_CHARACTERS = 10_000;

/** Each part, in the order in which it is looked at, and what OpenAPI calls its place. */
const PLACES = {
  params: "path",
  query: "query",
  headers: "header",
  cookies: "cookie",
  body: undefined,
} as const satisfies Record<keyof CallInput, FieldProblem["in"]>;
const PARTS = Object.keys(PLACES) as (keyof CallInput)[]; // it has no others

/**
 * Holds each part that the contract has a schema for to that schema; or gives the problem, with all refused values at once.
 * The body comes last: nothing of it is looked at for a caller without the authorization that the contract asks for.
 */
export async function checkInput(
  contract: Contract,
  request: Request,
  input: CallInput,
): Promise<Problem | undefined> {
  const errors: FieldProblem[] = [];
  for (const part of PARTS) {
    const schema = contract[part];
    if (schema === undefined) continue;
    const problem = part === "body" && readBody(contract, request, input);
    if (problem) return problem;
    const validated =
      part === "query"
        ? validateQuery(schema, queryOf(request))
        : schema["~standard"].validate(readPart(part, request, input));
    const result = validated instanceof Promise ? await validated : validated; // a needless wait costs time
    if (result.issues === undefined) {
      input[part] = result.value;
      continue;
    }
    const place = PLACES[part] && { in: PLACES[part] };
    const issues = result.issues.slice(0, MOST_ERRORS).flatMap(ofNearestBranch).slice(0, MOST_ERRORS);
    const found = issues.map((issue) => ({ ...place, ...toFieldProblem(issue) }));
    if (part === "headers" && found.some(({ pointer }) => pointer === "#/authorization")) {
      const headers = { "www-authenticate": "Bearer" };
      return new Problem("unauthenticated", "Send a valid header authorization.", { headers });
    }
    errors.push(...found);
  }
  if (errors.length === 0) return undefined;
  const isBodyAlone = errors.every((error) => error.in === undefined);
  if (contract.body && input.body === undefined && isBodyAlone) {
    return new Problem("missing-body", `Send a body: ${callByHand(contract, request)}`);
  }
  let length = 0;
  const told = errors.slice(0, MOST_ERRORS).filter((error) => {
    length += JSON.stringify(error).length;
    return length < MOST_CHARACTERS;
  });
  return new Problem("invalid-request", "Correct what errors names, then send it again.", { errors: told });
}

function readPart(part: keyof CallInput, request: Request, input: CallInput): unknown {
  if (part === "headers") return request.headers ?? {};
  return part === "cookies" ? cookiesOf(request) : input[part];
}

/** What a schema finds, by its pointer: RFC 6901, section 6, escaped for the pointer, then for the fragment of a URI. */
export function toFieldProblem({ message, path = [] }: StandardSchemaV1.Issue): FieldProblem {
  const tokens = path.map((segment) => `/${keyOf(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`);
  const pointer = encodeURIComponent(excerpt(tokens.join("")).toWellFormed()).replaceAll("%2F", "/");
  return { pointer: `#${pointer}`, detail: excerpt(message) };
}
