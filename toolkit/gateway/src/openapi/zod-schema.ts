import type { $ZodType, $ZodTypes } from "zod/v4/core";

/** Whether a schema is one of zod 4, by what zod itself goes by; what calls itself zod may be an older one. */
export function isZod(schema: unknown): schema is $ZodTypes {
  return typeof schema === "object" && schema !== null && "_zod" in schema;
}

/** The schemas that a schema is made of, each with its place in a value; of a pipe, what it takes goes first. */
export function childrenOf(schema: $ZodTypes): readonly (readonly [place: string, child: $ZodTypes])[] {
  return partsOf(schema).flatMap(([place, child]) => (isZod(child) ? [[place, child] as const] : []));
}

function partsOf({
  _zod: { def },
}: $ZodTypes): readonly (readonly [place: string, child: $ZodType | null | undefined])[] {
  switch (def.type) {
    case "object":
      return [
        ...Object.entries(def.shape).map(([name, child]) => [`/${name}`, child] as const),
        ["/*", def.catchall],
      ];
    case "array":
      return [["/*", def.element]];
    case "tuple":
      return [...def.items.map((child, index) => [`/${index}`, child] as const), ["/*", def.rest]];
    case "record":
    case "map":
      return [
        ["/*", def.keyType],
        ["/*", def.valueType],
      ];
    case "set":
      return [["/*", def.valueType]];
    case "union":
      return def.options.map((child) => ["", child] as const);
    case "intersection":
      return [
        ["", def.left],
        ["", def.right],
      ];
    case "pipe":
      return [
        ["", def.in],
        ["", def.out],
      ];
    case "lazy":
      return [["", def.getter()]];
    default:
      return "innerType" in def ? [["", def.innerType]] : [];
  }
}
