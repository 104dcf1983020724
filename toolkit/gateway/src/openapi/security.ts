import type { Contract } from "../contract/contract.ts";
import { namesOf } from "../contract/schema-names.ts";
import type { Json } from "./json.ts";

/** Whether the contract asks for the header `authorization`, so that a call without is a 401. */
export function asksWhoCalls({ headers }: Contract): boolean {
  return namesOf(headers).includes("authorization");
}

/**
 * Makes what OpenAPI has for the header `authorization`, which it ignores among the parameters, of an operation's parameters.
 * https://spec.openapis.org/oas/v3.1.0.html#parameter-object
 */
export function splitSecurity(parameters: readonly Json[]): {
  readonly parameters: readonly Json[];
  readonly security?: readonly Json[];
} {
  const found = parameters.find(isAuthorization);
  if (found === undefined) return { parameters };
  const others = parameters.filter((each) => each !== found);
  return { parameters: others, security: [{ authorization: [] }, ...(found.required ? [] : [{}])] };
}

/** What the document has for those operations, if there is one. */
export function securitySchemes(contracts: readonly Contract[]): Json {
  if (!contracts.some(asksWhoCalls)) return {};
  return { securitySchemes: { authorization: { type: "apiKey", in: "header", name: "authorization" } } };
}

function isAuthorization({ in: place, name }: Json): boolean {
  return place === "header" && name === "authorization";
}
