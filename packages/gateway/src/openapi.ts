import { type $ZodType, toJSONSchema } from "zod/v4/core";
import { type Contract, type ProblemDefinition, repliesOf } from "./contract.ts";
import { camelCase } from "./name.ts";
import { type GatewayProblem, gatewayProblems } from "./problem.ts";
import type { Schema } from "./schema.ts";

export type OpenApiInfo = {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  /** Where the API is, such as `https://api.example.com/prod`, or `/` for where the document is. */
  readonly server: string;
};

type Json = { readonly [key: string]: unknown };

/**
 * The OpenAPI 3.1 document of an API, each contract an operation.
 * Throws a TypeError for a schema that has no JSON Schema: zod and arktype have one; for valibot wrap the schema in
 * `toStandardJsonSchema` of @valibot/to-json-schema.
 * https://spec.openapis.org/oas/v3.1.0.html
 */
export function toOpenApi(api: Readonly<Record<string, Contract>>, info: OpenApiInfo): Json {
  const { server, ...about } = info;
  const paths: Record<string, Json> = {};
  for (const [name, contract] of Object.entries(api)) {
    const path = contract.path.replaceAll("+}", "}"); // OpenAPI has no greedy parameters
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: toOperation(name, contract) };
  }
  return {
    openapi: "3.1.0",
    info: about,
    servers: [{ url: server }],
    paths,
    components: { schemas: { Problem } },
  };
}

function toOperation(name: string, contract: Contract): Json {
  const { summary, description, body, example, params, query, headers, cookies } = contract;
  const parameters = [
    ...pathParameters(contract.path, params),
    ...toParameters("query", query),
    ...toParameters("header", headers),
    ...toParameters("cookie", cookies),
  ];
  return {
    operationId: camelCase(name),
    summary,
    ...(description !== undefined && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: toContent(body, "input", example) } }),
    responses: { ...toResponses(contract), ...toProblemResponses(contract) },
  };
}

function pathParameters(path: string, schema: Schema | undefined): Json[] {
  const described = new Map(toParameters("path", schema).map((parameter) => [parameter.name, parameter]));
  return [...path.matchAll(/\{(.+?)\+?\}/g)].map(
    ([, name]) => described.get(name) ?? { name, in: "path", required: true, schema: { type: "string" } },
  );
}

function toParameters(place: string, schema: Schema | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = toJson(schema, "input") as {
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

function toResponses(contract: Contract): Json {
  const responses = Object.entries(repliesOf(contract)).map(([status, schema]) => [
    status,
    {
      description: contract.summary,
      ...(schema && {
        content: toContent(schema, "output", status === "200" ? contract.replyExample : undefined),
      }),
    },
  ]);
  return Object.fromEntries(responses);
}

function toContent(schema: Schema, io: "input" | "output", example: unknown): Json {
  const type = schema.mediaType?.startsWith("text/") ? { type: "string" } : {};
  const described = schema.mediaType === undefined ? toJson(schema, io) : type;
  return {
    [schema.mediaType ?? "application/json"]: {
      schema: described,
      ...(example !== undefined && { example }),
    },
  };
}

/** Every problem that a call can be answered with, those of one status together. */
function toProblemResponses(contract: Contract): Json {
  const found = new Map<number, [kind: string, definition: ProblemDefinition][]>();
  for (const problem of problemsOf(contract)) {
    const { status } = problem[1];
    found.set(status, [...(found.get(status) ?? []), problem]);
  }
  const responses = [...found].map(([status, problems]) => [status, toProblemResponse(problems)]);
  return Object.fromEntries(responses);
}

function toProblemResponse(problems: [kind: string, definition: ProblemDefinition][]): Json {
  const examples = problems.map(([kind, { status, title }]) => [
    kind,
    {
      value: {
        type: `urn:problem:${kind}`,
        title,
        status,
        detail: "What to do about it.",
        instance: "a-request-id",
      },
    },
  ]);
  const schema = { $ref: "#/components/schemas/Problem" };
  return {
    description: problems.map(([, { title }]) => `${title}.`).join(" "),
    content: { "application/problem+json": { schema, examples: Object.fromEntries(examples) } },
  };
}

function problemsOf(contract: Contract): [kind: string, definition: ProblemDefinition][] {
  const { body, params, query, headers, cookies, problems = {} } = contract;
  const kinds: GatewayProblem[] = ["internal-error", "out-of-time"];
  if (body ?? params ?? query ?? headers ?? cookies) kinds.unshift("invalid-request");
  if (body) kinds.unshift("missing-body", "malformed-body", "body-too-large", "unsupported-media-type");
  if (body && body.mediaType === undefined) kinds.unshift("malformed-json");
  return [
    ...kinds.map((kind): [string, ProblemDefinition] => [kind, gatewayProblems[kind]]),
    ...Object.entries(problems),
  ];
}

/** https://datatracker.ietf.org/doc/html/rfc9457 */
const Problem = {
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

type Described = {
  readonly jsonSchema?: Readonly<Record<"input" | "output", (options: { target: string }) => Json>>;
};

/** https://standardschema.dev/json-schema, or zod's own way. */
function toJson(schema: Schema, io: "input" | "output"): Json {
  const target = "draft-2020-12";
  const standard: Schema["~standard"] & Described = schema["~standard"];
  const described = standard.jsonSchema
    ? standard.jsonSchema[io]({ target })
    : standard.vendor === "zod" &&
      toJSONSchema(schema as unknown as $ZodType, { target, io, unrepresentable: "any" }); // its vendor says so
  if (!described) throw new TypeError(`a schema of ${standard.vendor} has no JSON Schema`);
  const { $schema: _, "~standard": __, ...rest } = described as Json;
  return rest;
}
