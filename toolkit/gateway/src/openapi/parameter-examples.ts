import type { Json } from "./json.ts";

/** One example, or several by a number: the contract's, which is text, and those of the schema. */
export function withExamples(example: unknown, ofSchema: unknown = [], schema: Json = {}): Json {
  const own = example === undefined ? [] : [asTyped(example, schema)];
  const all = [...own, ...[ofSchema].flat()];
  const distinct = [...new Map(all.map((value) => [JSON.stringify(value), value])).values()];
  if (distinct.length < 2) return distinct.length === 0 ? {} : { example: distinct[0] };
  return { examples: Object.fromEntries(distinct.map((value, index) => [String(index + 1), { value }])) };
}

/** The example as its schema has it; on the wire all are text. */
function asTyped(example: unknown, schema: Json): unknown {
  const types = [schema.type].flat();
  if (Array.isArray(example)) return example.map((item) => asTyped(item, Object(schema.items)));
  const isNumber = types.includes("number") || types.includes("integer");
  return isNumber && !types.includes("string") && example !== "" ? Number(example) : example;
}
