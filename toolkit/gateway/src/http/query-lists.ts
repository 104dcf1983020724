import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type Described, definitionOf } from "../contract/definition.ts";
import type { Schema } from "../contract/schema.ts";
import { keyOf } from "./issue-key.ts";
import { type Issue, ofNearestBranch } from "./nearest-branch.ts";

const LIST = /array|tuple/i;

/**
 * Holds a query to its schema. A query cannot say that one value is a list (`?tag=a`): it is one where the schema wants a
 * list, as a schema of zod says beforehand. Else the issues say so, and the schema runs once more; or where they do not say
 * what they expected, whatever it refused may be a list.
 */
export async function validateQuery(
  schema: Schema,
  query: Readonly<Record<string, unknown>>,
): Promise<StandardSchemaV1.Result<unknown>> {
  const { shape } = definitionOf(schema as Described); // if zod made it
  const lists = new Set(
    Object.keys(query).filter((name) => LIST.test(definitionOf(shape?.[name]).type ?? "")),
  );
  const validate = () => {
    const texts = [...lists]
      .filter((name) => typeof query[name] === "string")
      .map((name) => [name, [query[name]]]);
    // Without a prototype, as queryOf makes it: a parameter that is not there is not inherited either.
    return schema["~standard"].validate({ __proto__: null, ...query, ...Object.fromEntries(texts) });
  };
  const first = await validate();
  const issues: readonly Issue[] = first.issues?.flatMap(ofNearestBranch) ?? [];
  const { size } = lists;
  for (const { code = "array", expected = code, errors, path: [name = ""] = [] } of issues) {
    if (LIST.test(String(errors?.flat().map((issue) => issue.expected) ?? expected))) lists.add(keyOf(name));
  }
  const second = lists.size > size && (await validate());
  return second && (second.issues === undefined || issues.some(({ expected }) => expected)) ? second : first;
}
