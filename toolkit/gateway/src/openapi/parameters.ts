import type { Contract } from "../contract/contract.ts";
import { type Part, PLACES } from "../contract/places.ts";
import { parameterNames } from "../contract/route.ts";
import { type Components, type Json, toJson } from "./json-schema.ts";

/** The parameters that the contract has in a part, each with its example. */
export function toParameters(contract: Contract, part: Part, components: Components): Json[] {
  const { [part]: schema, examples } = contract;
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = toJson(schema, "request", components) as {
    properties?: Record<string, Json>; // such is the JSON Schema of an object
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: PLACES[part],
    required: part === "params" || required.includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
    ...withExample(asTyped(examples?.[part]?.[name], rest)),
  }));
}

/** The parameters of the path; `segments` in the place of a greedy one, where its template has several. */
export function toPathParameters(
  contract: Contract,
  segments: readonly string[],
  components: Components,
): Json[] {
  const { params: examples } = contract.examples ?? {};
  const described = new Map(
    toParameters(contract, "params", components).map((parameter) => [parameter.name, parameter]),
  );
  const parameters = parameterNames(contract.path).map(
    (name) => described.get(name) ?? textParameter(name, examples?.[name]),
  );
  if (segments.length === 0) return parameters;
  const { name: greedy, description = "" } = parameters.at(-1) ?? {};
  const values = examples?.[String(greedy)]?.split("/") ?? [];
  const parts = segments.map((name, index) => {
    const isLast = index + 1 === segments.length;
    const rest = isLast ? " and all that follow" : "";
    const value = values.slice(index, isLast ? undefined : index + 1).join("/");
    return {
      ...textParameter(name, value || undefined),
      description: `Segment ${index + 1}${rest} of ${greedy}. ${description}`.trim(),
    };
  });
  return [...parameters.slice(0, -1), ...parts];
}

function textParameter(name: string, example: string | undefined): Json {
  return { name, in: "path", required: true, schema: { type: "string" }, ...withExample(example) };
}

/** The example as its schema has it; on the wire all are text. */
function asTyped(example: string | readonly string[] | undefined, { type }: Json): unknown {
  return typeof example === "string" && (type === "number" || type === "integer") ? Number(example) : example;
}

function withExample(example: unknown): Json {
  return example === undefined ? {} : { example };
}
