import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PairOfDocuments, pairs, valuesOf, withObjects } from "../testing/schema-pairs.ts";
import { compareSchemas } from "./compare-schemas.ts";
import type { Json, Schema } from "./schema.ts";

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 200) };
const PER_PAIR = 8;

/** An independent validator of a schema in its document. */
function validatorOf(kind: "closed" | "open" | "as it is", schema: Schema, document: Json) {
  const read = (part: unknown) => (kind === "as it is" ? part : withObjects(kind, part));
  const root = { ...(read(document) as Json), allOf: [read(schema)] }; // an object stays one
  return new Ajv2020({ strict: false, logger: false }).compile(root);
}

const cases: fc.Arbitrary<
  PairOfDocuments & { readonly values: readonly unknown[]; readonly isRequest: boolean }
> = fc.tuple(pairs, fc.boolean()).chain(([found, isRequest]) => {
  const side = isRequest ? "before" : "after";
  const schema = found.schemas[isRequest ? 0 : 1];
  return fc
    .array(valuesOf(schema, found.documents[side]), { minLength: PER_PAIR, maxLength: PER_PAIR })
    .map((values) => ({ ...found, values, isRequest }));
});

describe("two schemas", () => {
  test("differ nowhere where they are one, under other names and in another order", () => {
    fc.assert(
      fc.property(pairs, ({ schemas: [schema], documents: { before } }) => {
        const copy = writeOtherwise({ schema, before }) as { schema: Schema; before: Json }; // as it was
        expect(compareSchemas(schema, copy.schema, { before, after: copy.before })).toEqual([]);
      }),
      runs,
    );
  });

  test("leave what was allowed where a form is added, and allow no more where one goes", () => {
    fc.assert(
      fc.property(pairs, ({ schemas: [schema, more], documents: { before } }) => {
        const documents = { before, after: before };
        const wide = { anyOf: [more, schema] };
        expect(compareSchemas(schema, wide, documents).filter(({ narrows }) => narrows)).toEqual([]);
        expect(compareSchemas(wide, schema, documents).filter(({ widens }) => widens)).toEqual([]);
      }),
      runs,
    );
  });

  test("narrow where a validator took a value and refuses it, and widen where it refused one and takes it", () => {
    let found = 0;
    fc.assert(
      fc.property(cases, ({ schemas: [before, after], documents, values, isRequest }) => {
        const differences = compareSchemas(before, after, documents);
        const takes = isRequest
          ? validatorOf("closed", before, documents.before)
          : validatorOf("closed", after, documents.after);
        const refuses = isRequest
          ? validatorOf("as it is", after, documents.after)
          : validatorOf("open", before, documents.before);
        const witness = values.find((value) => takes(value) && !refuses(value));
        if (witness === undefined) return;
        found++;
        const breaks = differences.some(({ narrows, widens }) => (isRequest ? narrows : widens));
        expect(breaks, JSON.stringify(witness)).toBe(true);
      }),
      runs,
    );
    expect(found).toBeGreaterThan(runs.numRuns / 10);
  });
});

/** Says the same: T is U, keys and forms are turned around, and a constant is an enum of one. */
function writeOtherwise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writeOtherwise);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(
    entries.map(([key, inside]) => {
      if (key === "$ref") return [key, "#/components/schemas/U"];
      if (key === "const" && inside !== "a" && inside !== "b") return ["enum", [inside]];
      const isList = ["anyOf", "oneOf", "required", "enum"].includes(key) && Array.isArray(inside);
      return [
        key === "T" ? "U" : key,
        isList ? inside.map(writeOtherwise).reverse() : writeOtherwise(inside),
      ];
    }),
  );
}
