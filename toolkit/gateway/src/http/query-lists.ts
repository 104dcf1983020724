import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Schema } from "../contract/schema.ts";

type Query = Readonly<Record<string, unknown>>;

/**
 * Holds a query to its schema. A query cannot say that one value is a list (`?tag=a`), so where the schema refuses a lone
 * text and takes a list of it, the list is what was meant.
 */
export async function validateQuery(schema: Schema, query: Query): Promise<StandardSchemaV1.Result<unknown>> {
  const standard = schema["~standard"];
  const plain = await standard.validate(query);
  const refused = refusedNames(plain).filter((name) => typeof query[name] === "string");
  if (refused.length === 0) return plain;
  const stillRefused = refusedNames(await standard.validate(withLists(query, refused)));
  const lists = refused.filter((name) => !stillRefused.includes(name));
  return lists.length === 0 ? plain : standard.validate(withLists(query, lists));
}

/** The names of the parameters in which something is wrong. */
function refusedNames({ issues = [] }: StandardSchemaV1.Result<unknown>): readonly string[] {
  return issues.map(({ path: [first = ""] = [] }) => String(typeof first === "object" ? first.key : first));
}

/** Without a prototype, as queryOf makes it: a parameter that is not there is not inherited either. */
function withLists(query: Query, names: readonly string[]): Query {
  return { __proto__: null, ...query, ...Object.fromEntries(names.map((name) => [name, [query[name]]])) };
}
