import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import type { Contract } from "../contract/contract.ts";
import { parameters, timeout } from "../testing/fuzz.ts";
import { toOpenApi } from "./openapi.ts";
import { get } from "./testing/document.ts";

/**
 * A schema of a query, and the names that it reads; each may be left out, so that no example is needed. Whether it takes any
 * name is undefined for two that both hold: zod's own JSON Schema says nothing of a loose one among these.
 */
type Query = {
  readonly schema: z.ZodMiniType;
  readonly names: readonly string[];
  readonly isOpen: boolean | undefined;
};

const value = fc.constantFrom<() => z.ZodMiniType>(
  () => z.string(),
  () => z.coerce.number(),
  () => z.array(z.enum(["a", "b"])),
  () => z.stringbool(),
  () => z.nullable(z.literal("x")),
);
const name = fc
  .oneof(fc.constantFrom("a", "b", "q", "parameters", "$ref", "default"), fc.string({ minLength: 1 }))
  .filter((each) => each !== "__proto__");
const shape = fc
  .dictionary(name, value, { maxKeys: 4, noNullPrototype: true })
  .map((fields) =>
    Object.fromEntries(Object.entries(fields).map(([key, make]) => [key, z.optional(make())])),
  );
const object: fc.Arbitrary<Query> = fc
  .tuple(shape, fc.constantFrom("plain", "strict", "loose"))
  .map(([fields, kind]) => ({
    schema: { plain: z.object, strict: z.strictObject, loose: z.looseObject }[kind as "plain"](fields),
    names: Object.keys(fields),
    isOpen: kind === "loose",
  }));
const record: fc.Arbitrary<Query> = fc.uniqueArray(name, { minLength: 1, maxLength: 3 }).map((names) => ({
  schema: z.partialRecord(z.enum(names as [string]), z.string()),
  names,
  isOpen: false,
}));
const anyRecord: fc.Arbitrary<Query> = fc.constant({
  schema: z.record(z.string(), z.string()),
  names: [],
  isOpen: true,
});

let ids = 0;
const { query } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { depthSize: "small" },
    object,
    record,
    anyRecord,
    fc
      .tuple(tie("query"), fc.constantFrom("id", "lazy", "optional", "default", "refined", "readonly"))
      .map(([inner, how]) => ({
        ...inner,
        schema: around(inner.schema, how),
      })),
    fc.tuple(tie("query"), tie("query"), fc.constantFrom("union", "both")).map(([one, another, how]) => ({
      schema:
        how === "union" ? z.union([one.schema, another.schema]) : z.intersection(one.schema, another.schema),
      names: [...one.names, ...another.names],
      isOpen: how === "union" ? join(one.isOpen, another.isOpen) : undefined,
    })),
    fc.tuple(tie("query"), shape).map(([one, fields]) => ({
      schema: z.union([z.object({ ...fields, kind: z.literal("k") }), one.schema]),
      names: [...one.names, ...Object.keys(fields), "kind"],
      isOpen: one.isOpen,
    })),
  ),
}));

function join(one: boolean | undefined, another: boolean | undefined): boolean | undefined {
  return one || another || (one === undefined || another === undefined ? undefined : false);
}

function around(schema: z.ZodMiniType, how: string): z.ZodMiniType {
  if (how === "lazy") return z.lazy(() => schema);
  if (how === "optional") return z.optional(schema);
  if (how === "default") return z._default(schema, {});
  if (how === "refined") return schema.check(z.refine(() => true));
  if (how === "readonly") return z.readonly(schema);
  const own = schema.check(); // a schema of its own, for one has one id
  z.globalRegistry.add(own, { id: `Query<${ids++}>` });
  return own;
}

const info = { title: "Test", version: "1", server: "/" };
// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
const toDocument = (contracts: Record<string, Contract>): any =>
  JSON.parse(JSON.stringify(toOpenApi(contracts, info)));

test(`no parameter of a query is ever lost, whatever its schema is (seed ${parameters.seed})`, {
  timeout,
}, () => {
  fc.assert(
    fc.property(query, ({ schema, names, isOpen }) => {
      const { paths } = toDocument({ find: get("/find", { query: z.union([z.object({}), schema]) }) });
      const found: { name: string; style?: string }[] = paths["/find"].get.parameters ?? [];
      const named = found.filter(({ style }) => style === undefined).map((each) => each.name);
      expect(named.sort()).toEqual([...new Set(names)].sort());
      if (isOpen !== undefined) expect(found.some(({ style }) => style === "form")).toBe(isOpen);
    }),
    parameters,
  );
});

test(`a contract that is added changes neither another operation nor a name (seed ${parameters.seed})`, {
  timeout,
}, () => {
  const contract = fc.tuple(query, query).map(([one, another]): Contract => {
    const Self: z.ZodMiniType = z.object({ one: one.schema, self: z.optional(z.lazy(() => Self)) });
    return {
      ...get("/x"),
      method: "PUT",
      body: z.array(Self),
      example: [],
      reply: z.object({ one: one.schema, other: z.object({ other: another.schema, Self }) }),
    };
  });
  fc.assert(
    fc.property(fc.array(contract, { minLength: 2, maxLength: 4 }), (contracts) => {
      const api = Object.fromEntries(
        contracts.map((each, index) => [`it-${index}`, { ...each, path: `/x${index}` } as const]),
      );
      const all = toDocument(api);
      const { "it-0": _, ...others } = api;
      const fewer = toDocument(others);
      expect(all.paths).toMatchObject(fewer.paths);
      expect(all.components.schemas).toMatchObject(fewer.components.schemas);
    }),
    { ...parameters, numRuns: Math.ceil(parameters.numRuns / 5) },
  );
});
