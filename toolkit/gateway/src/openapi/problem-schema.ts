import type { ProblemDefinition } from "../contract/contract.ts";
import { problemType } from "../contract/problem-type.ts";
import { type Components, type Json, problemSchema, toJson } from "./json-schema.ts";

/** The schema of the problems that a status may have: those that add members have one of their own. */
export function toProblemSchema(
  problems: readonly (readonly [kind: string, definition: ProblemDefinition])[],
  components: Components,
): Json {
  const plain = { $ref: "#/components/schemas/Problem" };
  const own = problems.flatMap(([kind, definition]) =>
    definition.members === undefined ? [] : [withMembers(kind, definition, definition.members, components)],
  );
  if (own.length === 0) return plain;
  const all = own.length < problems.length ? [...own, plain] : own;
  return all.length === 1 ? (all[0] ?? plain) : { anyOf: all };
}

function withMembers(
  kind: string,
  definition: ProblemDefinition,
  members: NonNullable<ProblemDefinition["members"]>,
  components: Components,
): Json {
  const { properties = {}, required = [] } = toJson(members, "reply", components) as {
    properties?: Json; // such is the JSON Schema of an object
    required?: readonly string[];
  };
  const type = { ...problemSchema.properties.type, const: problemType(kind, definition) };
  return {
    ...problemSchema,
    required: [...problemSchema.required, ...required],
    properties: { ...properties, ...problemSchema.properties, type },
  };
}

/** Problems that show what they look like: not those whose members nobody has given an example of. */
export function toProblemExamples(
  problems: readonly (readonly [kind: string, definition: ProblemDefinition])[],
): Json {
  const examples = problems.flatMap(([kind, definition]) => {
    const { status, title, members, example } = definition;
    if (members !== undefined && example === undefined) return [];
    const type = problemType(kind, definition);
    const standard = { type, title, status, detail: "What to do about it.", instance: "a-request-id" };
    return [[kind, { value: { ...(example as object | undefined), ...standard } }]]; // as its schema has it
  });
  return Object.fromEntries(examples);
}
