import { parameterNames } from "../contract/route.ts";
import type { Schema } from "../contract/schema.ts";
import { type Components, type Json, toJson } from "./json-schema.ts";

/** The parameters that a schema of the query, the headers or the cookies has. */
export function toParameters(place: string, schema: Schema | undefined, components: Components): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = toJson(schema, "input", components) as {
    properties?: Record<string, Json>; // such is the JSON Schema of an object
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

/** The parameters of the path; `segments` in the place of a greedy one, where its template has several. */
export function toPathParameters(
  path: string,
  schema: Schema | undefined,
  segments: readonly string[],
  components: Components,
): Json[] {
  const described = new Map(
    toParameters("path", schema, components).map((parameter) => [parameter.name, parameter]),
  );
  const parameters = parameterNames(path).map((name) => described.get(name) ?? textParameter(name));
  if (segments.length === 0) return parameters;
  const { name: greedy, description = "" } = parameters.at(-1) ?? {};
  const parts = segments.map((name, index) => {
    const rest = index + 1 === segments.length ? " and all that follow" : "";
    return {
      ...textParameter(name),
      description: `Segment ${index + 1}${rest} of ${greedy}. ${description}`.trim(),
    };
  });
  return [...parameters.slice(0, -1), ...parts];
}

function textParameter(name: string): Json {
  return { name, in: "path", required: true, schema: { type: "string" } };
}
