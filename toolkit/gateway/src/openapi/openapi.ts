import { type Contract, type ProblemDefinition, repliesOf } from "../contract/contract.ts";
import { camelCase } from "../contract/name.ts";
import { typeOf } from "../contract/one-of.ts";
import { type GatewayProblem, gatewayProblems } from "../contract/problem.ts";
import { findRouteConflict } from "../contract/routes.ts";
import type { Schema } from "../contract/schema.ts";
import { findBodyFault } from "./body-fault.ts";
import { toFormContent } from "./form-content.ts";
import { type Components, type Direction, type Json, problemSchema, toJson } from "./json-schema.ts";
import { toParameters, toPathParameters } from "./parameters.ts";
import { toPathTemplates } from "./path-templates.ts";
import { toProblemExamples, toProblemSchema } from "./problem-schema.ts";

export type OpenApiInfo = {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  /** Where the API is, such as `https://api.example.com/prod`, or `/` for where the document is. */
  readonly server: string;
};

/**
 * The OpenAPI 3.1 document of an API, each contract an operation.
 * Throws a TypeError for contracts that cannot be in one API, as findRouteConflict has it, for a body that JSON cannot say, as
 * findBodyFault has it, and for a schema that has no JSON Schema: zod and arktype have one; for valibot wrap the schema in `toStandardJsonSchema` of @valibot/to-json-schema.
 * https://spec.openapis.org/oas/v3.1.0.html
 */
export function toOpenApi(api: Readonly<Record<string, Contract>>, info: OpenApiInfo): Json {
  const { server, ...about } = info;
  const conflict = findRouteConflict(api);
  const fault = conflict ?? findBodyFault(api);
  if (fault !== undefined) throw new TypeError(fault);
  const templates = toPathTemplates(api);
  const paths: Record<string, Record<string, Json>> = {};
  const components: Components = { Problem: problemSchema };
  for (const [name, contract] of Object.entries(api)) {
    const { path, segments } = templates.get(name) ?? { path: contract.path, segments: [] };
    const operation = toOperation(name, contract, segments, components);
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operation };
  }
  return {
    openapi: "3.1.0",
    info: about,
    servers: [{ url: server }],
    paths,
    components: { schemas: components },
  };
}

function toOperation(
  name: string,
  contract: Contract,
  segments: readonly string[],
  components: Components,
): Json {
  const { summary, description, body, example, params, query, headers, cookies } = contract;
  const parameters = [
    ...toPathParameters(contract.path, params, segments, components),
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
      requestBody: { required: isRequired(body), content: toRequestContent(body, example, components) },
    }),
    responses: toResponses(contract, components),
  };
}

function isRequired(schema: Schema): boolean {
  const result = schema.media?.fields?.check(undefined) ?? schema["~standard"].validate(undefined);
  return result instanceof Promise || result.issues !== undefined;
}

/** Each reply by its status, and with it the problems of that status. */
function toResponses(contract: Contract, components: Components): Json {
  const responses: Record<string, { description: string; content?: Json }> = toProblemResponses(
    contract,
    components,
  );
  for (const [status, schema] of Object.entries(repliesOf(contract))) {
    const example = status === "200" ? contract.replyExample : undefined;
    const problems = responses[status]?.content;
    const content = { ...(schema && toContent(schema, "reply", example, components)), ...problems };
    const described = { description: contract.summary };
    responses[status] = Object.keys(content).length > 0 ? { ...described, content } : described;
  }
  return responses;
}

/** Of several media types the example is of the first. */
function toRequestContent(body: Schema, example: unknown, components: Components): Json {
  const contents = (body.several ?? [body]).map((schema, index) =>
    toContent(schema, "request", index === 0 ? example : undefined, components),
  );
  return Object.assign({}, ...contents);
}

function toContent(schema: Schema, direction: Direction, example: unknown, components: Components): Json {
  const { media } = schema;
  const described =
    media === undefined
      ? { schema: toJson(schema, direction, components), example }
      : media.fields
        ? toFormContent(media.fields, example, components)
        : { schema: media.form === "text" ? { type: "string" } : {}, example };
  const { example: shown, ...rest } = described;
  return { [typeOf(schema)]: { ...rest, ...(shown !== undefined && { example: shown }) } };
}

/** Every problem that a call of this route can be answered with, those of one status together. */
function toProblemResponses(
  contract: Contract,
  components: Components,
): Record<string, { description: string; content: Json }> {
  const found = new Map<number, [kind: string, definition: ProblemDefinition][]>();
  for (const problem of problemsOf(contract)) {
    const { status } = problem[1];
    found.set(status, [...(found.get(status) ?? []), problem]);
  }
  const responses = [...found].map(([status, problems]) => [status, toProblemResponse(problems, components)]);
  return Object.fromEntries(responses);
}

function toProblemResponse(
  problems: readonly (readonly [kind: string, definition: ProblemDefinition])[],
  components: Components,
) {
  return {
    description: problems.map(([, { title }]) => `${title}.`).join(" "),
    content: {
      "application/problem+json": {
        schema: toProblemSchema(problems, components),
        examples: toProblemExamples(problems),
      },
    },
  };
}

function problemsOf(contract: Contract): [kind: string, definition: ProblemDefinition][] {
  const { body, params, query, headers, cookies, problems = {} } = contract;
  const bodies = body?.several ?? [body ?? []].flat();
  const kinds: GatewayProblem[] = ["internal-error", "out-of-time"];
  if (body ?? params ?? query ?? headers ?? cookies) kinds.unshift("invalid-request");
  if (body) kinds.unshift("missing-body", "malformed-body", "body-too-large", "unsupported-media-type");
  if (bodies.some(({ media }) => media === undefined)) kinds.unshift("malformed-json");
  if (toParameters("header", headers, {}).some(({ name }) => name === "authorization"))
    kinds.unshift("unauthenticated");
  return [
    ...kinds.map((kind): [string, ProblemDefinition] => [kind, gatewayProblems[kind]]),
    ...Object.entries(problems),
  ];
}
