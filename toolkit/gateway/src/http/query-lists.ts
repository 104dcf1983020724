import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type Described, definitionOf } from "../contract/definition.ts";
import { keyOf } from "../contract/issue-key.ts";
import type { Schema } from "../contract/schema.ts";
import { type Issue, ofNearestBranch } from "./nearest-branch.ts";

const LIST = /array|tuple/i;

/**
 * Holds a query to its schema. A query cannot say that one value is a list (`?tag=a`): it is one where the schema wants a
 * list, as a schema of zod says beforehand. Where else an issue asks for a list, the schema runs once more; one of a library
 * that does not say what it expected may do so, if that is accepted.
 */
export async function validateQuery(
  schema: Schema,
  query: Readonly<Record<string, unknown>>,
): Promise<StandardSchemaV1.Result<unknown>> {
  const { shape } = definitionOf(schema as Described); // if zod made it
  const validate = (lists: readonly string[]) => {
    // Without a prototype, as queryOf makes it: a parameter that is not there is not inherited either.
    const values: Record<string, unknown> = { __proto__: null, ...query };
    for (const name of lists) values[name] = [query[name]].flat();
    return schema["~standard"].validate(values);
  };
  const known = Object.keys(query).filter((name) => LIST.test(definitionOf(shape?.[name]).type ?? ""));
  const first = await validate(known);
  const issues = first.issues?.flatMap(ofNearestBranch) ?? [];
  const asked = issues.filter(isForList).map(({ path: [name = ""] = [] }) => keyOf(name));
  const lists = asked.filter((name) => typeof query[name] === "string");
  if (lists.length === 0) return first;
  const second = await validate([...known, ...lists]);
  return second.issues && !issues.some(({ expected }) => expected) ? first : second;
}

/** Whether a list is what an issue asks for, or a branch of a union; where it does not say what it expected, it may be. */
function isForList({ code = "array", expected = code, errors }: Issue): boolean {
  return errors?.flat().some(isForList) ?? LIST.test(String(expected));
}
