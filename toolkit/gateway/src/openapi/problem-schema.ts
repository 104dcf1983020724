import type { ProblemDefinition } from "../contract/contract.ts";
import { pascalCase } from "../contract/name.ts";
import { problemType } from "../contract/problem-type.ts";
import { DescriptionError, define } from "./components.ts";
import { fieldsOf } from "./fields.ts";
import type { Json } from "./json.ts";
import { type Place, toJson } from "./json-schema.ts";

/** Problems by their codes. */
export type Problems = readonly (readonly [kind: string, definition: ProblemDefinition])[];

/** The schema of the problems that a status may have: those that add members have one of their own. */
export function toProblemSchema(problems: Problems, place: Place): Json {
  const plain = define(place.components, "Problem", problemSchema, () => problemSchema);
  const own = problems.flatMap(([kind, definition]) =>
    definition.members === undefined ? [] : [withMembers(kind, definition, definition.members, place)],
  );
  if (own.length === 0) return plain;
  const all = own.length < problems.length ? [...own, plain] : own;
  return all.length === 1 ? (all[0] ?? plain) : { anyOf: all };
}

function withMembers(
  kind: string,
  definition: ProblemDefinition,
  members: NonNullable<ProblemDefinition["members"]>,
  { name, components }: Place,
): Json {
  const json = toJson(members, "reply", { name: `${name}Problem${pascalCase(kind)}`, components });
  const fields = fieldsOf(json, components);
  if (fields === undefined)
    throw new DescriptionError(
      `the members of its problem ${kind} are an object, and their schema takes none`,
    );
  const type = { ...problemSchema.properties.type, const: problemType(kind, definition) };
  return {
    ...problemSchema,
    required: [...problemSchema.required, ...fields.required],
    properties: { ...Object.fromEntries(fields.properties), ...problemSchema.properties, type },
    ...(fields.others && { additionalProperties: fields.others.additionalProperties }),
  };
}

/** https://datatracker.ietf.org/doc/html/rfc9457 */
const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "detail", "instance"],
  properties: {
    type: { type: "string", description: "A stable code to switch on" },
    title: { type: "string" },
    status: { type: "integer", minimum: 400, maximum: 599 },
    detail: { type: "string", description: "What to do about it" },
    instance: { type: "string", description: "The request's id, for the logs" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["pointer", "detail"],
        properties: {
          in: {
            type: "string",
            enum: ["path", "query", "header", "cookie"],
            description: "The body if left out",
          },
          pointer: { type: "string", description: "Where it is: RFC 6901, as a URI fragment" },
          detail: { type: "string", description: "What to do about it" },
        },
      },
    },
  },
};
