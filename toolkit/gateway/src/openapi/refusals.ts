import type { Contract } from "../contract/contract.ts";
import { type Part, PLACES } from "../contract/places.ts";
import type { FieldProblem } from "../contract/problem.ts";
import { parameterNames } from "../contract/route.ts";
import type { Schema } from "../contract/schema.ts";
import { namesOf } from "../contract/schema-names.ts";
import { validateNow } from "../contract/validate-now.ts";
import { toFieldProblem } from "../http/input.ts";
import { ofNearestBranch } from "../http/nearest-branch.ts";

/** So many are shown at most. */
const MOST = 3;

/** What is sent in the place of a body: nothing of what is asked for, and then what hardly any schema takes. */
const BODIES: readonly unknown[] = [{}, null, [], "", 0];

/**
 * What the contract's own schemas find in a request that breaks it: one without what they ask for, or with a text that makes
 * no sense. Nothing where they take whatever comes, or take their time.
 */
export function refusalsOf(contract: Contract): { readonly errors?: readonly FieldProblem[] } {
  const body = contract.body?.several?.[0] ?? contract.body;
  const ofBody = body && (!body.media || body.media.fields) ? BODIES.map((sent) => refuse(body, sent)) : [];
  const ofParts = PARTS.flatMap((part) => {
    const found = contract[part] ? refusalsIn(part, contract[part], contract) : [];
    return found.map((errors) => errors.map((error) => ({ in: PLACES[part], ...error })));
  });
  const [errors] = [...ofBody, ...ofParts].filter(({ length }) => length > 0);
  return errors ? { errors: errors.slice(0, MOST) } : {};
}

const PARTS = ["query", "headers", "cookies", "params"] as const;

function refusalsIn(part: Part, schema: Schema, { path }: Contract): (readonly FieldProblem[])[] {
  const names = part === "params" ? parameterNames(path) : namesOf(schema);
  const alone = (value: unknown) => (name: string) =>
    part === "params" ? Object.fromEntries(names.map((each) => [each, value])) : { [name]: value };
  const odd = names.map((name) => {
    // One text may be a list of one, so it is wrong where the list is as well.
    const [found, ofList] = ["?", ["?"]].map((value) =>
      refuse(schema, alone(value)(name)).filter(isAbout(name)),
    );
    return ofList?.length ? (found ?? []) : [];
  });
  const absent = part === "params" ? [] : refuse(schema, {});
  // Without authorization a request is refused before.
  return [absent, ...odd].map((errors) =>
    errors.filter((error) => part !== "headers" || !isAbout("authorization")(error)),
  );
}

function isAbout(name: string) {
  return ({ pointer }: FieldProblem) => pointer.startsWith(`#/${encodeURIComponent(name)}`);
}

function refuse(schema: Schema, value: unknown): readonly FieldProblem[] {
  try {
    return (validateNow(schema, value)?.issues ?? []).flatMap(ofNearestBranch).map(toFieldProblem);
  } catch {
    return []; // one that throws has nothing to say to callers
  }
}
