import { type Contract, type ProblemDefinition, repliesOf } from "../contract/contract.ts";
import { camelCase } from "../contract/name.ts";
import { type GatewayProblem, gatewayProblems } from "../contract/problem.ts";
import { parameterNames } from "../contract/route.ts";
import type { Schema } from "../contract/schema.ts";
import { type Components, type Json, problemSchema, toJson } from "./json-schema.ts";

export type OpenApiInfo = {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  /** Where the API is, such as `https://api.example.com/prod`, or `/` for where the document is. */
  readonly server: string;
};

/**
 * The OpenAPI 3.1 document of an API, each contract an operation.
 * Throws a TypeError for a schema that has no JSON Schema: zod and arktype have one; for valibot wrap the schema in
 * `toStandardJsonSchema` of @valibot/to-json-schema.
 * https://spec.openapis.org/oas/v3.1.0.html
 */
export function toOpenApi(api: Readonly<Record<string, Contract>>, info: OpenApiInfo): Json {
  const { server, ...about } = info;
  const paths: Record<string, Record<string, Json>> = {};
  const components: Components = { Problem: problemSchema };
  for (const [name, contract] of Object.entries(api)) {
    const path = contract.path.replaceAll("+}", "}"); // OpenAPI has no greedy parameters
    const method = contract.method.toLowerCase();
    const operations = paths[path] ?? {};
    paths[path] = operations;
    if (operations[method] !== undefined)
      throw new TypeError(`two contracts have the route ${contract.method} ${path}`);
    operations[method] = toOperation(name, contract, components);
  }
  return {
    openapi: "3.1.0",
    info: about,
    servers: [{ url: server }],
    paths,
    components: { schemas: components },
  };
}

function toOperation(name: string, contract: Contract, components: Components): Json {
  const { summary, description, body, example, params, query, headers, cookies } = contract;
  const parameters = [
    ...pathParameters(contract.path, params, components),
    ...toParameters("query", query, components),
    ...toParameters("header", headers, components),
    ...toParameters("cookie", cookies, components),
  ];
  return {
    operationId: camelCase(name),
    summary,
    ...(description !== undefined && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: isRequired(body), content: toContent(body, "input", example, components) },
    }),
    responses: toResponses(contract, components),
  };
}

function isRequired(schema: Schema): boolean {
  const result = schema["~standard"].validate(undefined);
  return result instanceof Promise || result.issues !== undefined;
}

function pathParameters(path: string, schema: Schema | undefined, components: Components): Json[] {
  const described = new Map(
    toParameters("path", schema, components).map((parameter) => [parameter.name, parameter]),
  );
  return parameterNames(path).map(
    (name) => described.get(name) ?? { name, in: "path", required: true, schema: { type: "string" } },
  );
}

function toParameters(place: string, schema: Schema | undefined, components: Components): Json[] {
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

/** Each reply by its status, and with it the problems of that status. */
function toResponses(contract: Contract, components: Components): Json {
  const responses: Record<string, { description: string; content?: Json }> = toProblemResponses(contract);
  for (const [status, schema] of Object.entries(repliesOf(contract))) {
    const example = status === "200" ? contract.replyExample : undefined;
    const problems = responses[status]?.content;
    const content = { ...(schema && toContent(schema, "output", example, components)), ...problems };
    const described = { description: contract.summary };
    responses[status] = Object.keys(content).length > 0 ? { ...described, content } : described;
  }
  return responses;
}

function toContent(schema: Schema, io: "input" | "output", example: unknown, components: Components): Json {
  const { media } = schema;
  const described =
    media === undefined ? toJson(schema, io, components) : media.form === "text" ? { type: "string" } : {};
  return {
    [media?.type ?? "application/json"]: { schema: described, ...(example !== undefined && { example }) },
  };
}

/** Every problem that a call of this route can be answered with, those of one status together. */
function toProblemResponses(contract: Contract): Record<string, { description: string; content: Json }> {
  const found = new Map<number, [kind: string, definition: ProblemDefinition][]>();
  for (const problem of problemsOf(contract)) {
    const { status } = problem[1];
    found.set(status, [...(found.get(status) ?? []), problem]);
  }
  const responses = [...found].map(([status, problems]) => [status, toProblemResponse(problems)]);
  return Object.fromEntries(responses);
}

function toProblemResponse(problems: [kind: string, definition: ProblemDefinition][]) {
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
  if (body && body.media === undefined) kinds.unshift("malformed-json");
  return [
    ...kinds.map((kind): [string, ProblemDefinition] => [kind, gatewayProblems[kind]]),
    ...Object.entries(problems),
  ];
}
