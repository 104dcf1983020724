import { type Contract, type ProblemDefinition, repliesOf } from "../contract/contract.ts";
import { camelCase } from "../contract/name.ts";
import { type GatewayProblem, gatewayProblems } from "../contract/problem.ts";
import type { Schema } from "../contract/schema.ts";
import { toContent, toRequestContent } from "./content.ts";
import { type Components, type Json, problemSchema } from "./json-schema.ts";
import { findMistake } from "./mistake.ts";
import { toParameters, toPathParameters } from "./parameters.ts";
import { toPathTemplates } from "./path-templates.ts";
import { toProblemExamples, toProblemSchema } from "./problem-schema.ts";
import { asksWhoCalls, challenge, securitySchemes, splitSecurity } from "./security.ts";

export type OpenApiInfo = {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  /** Where the API is, such as `https://api.example.com/prod`, or `/` for where the document is. */
  readonly server: string;
};

/**
 * The OpenAPI 3.1 document of an API, each contract an operation.
 * Throws a TypeError for contracts that cannot be one API, as findMistake has it, and for a schema that has no JSON Schema:
 * zod and arktype have one; for valibot wrap the schema in `toStandardJsonSchema` of @valibot/to-json-schema.
 * https://spec.openapis.org/oas/v3.1.0.html
 */
export function toOpenApi(api: Readonly<Record<string, Contract>>, info: OpenApiInfo): Json {
  const { server, ...about } = info;
  const mistake = findMistake(api);
  if (mistake !== undefined) throw new TypeError(mistake);
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
    components: { schemas: components, ...securitySchemes(Object.values(api)) },
  };
}

function toOperation(
  name: string,
  contract: Contract,
  segments: readonly string[],
  components: Components,
): Json {
  const { summary, description, body, example } = contract;
  const { parameters, security } = splitSecurity([
    ...toPathParameters(contract, segments, components),
    ...toParameters(contract, "query", components),
    ...toParameters(contract, "headers", components),
    ...toParameters(contract, "cookies", components),
  ]);
  return {
    operationId: camelCase(name),
    summary,
    ...(description !== undefined && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(security && { security }),
    ...(body && {
      requestBody: { required: isRequired(body), content: toRequestContent(body, example, components) },
    }),
    responses: toResponses(contract, components),
  };
}

/** Of text and bytes there may be none: an empty file. */
function isRequired(schema: Schema): boolean {
  if (schema.media !== undefined && schema.media.fields === undefined) return false;
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
    const described = { ...responses[status], description: contract.summary };
    responses[status] = Object.keys(content).length > 0 ? { ...described, content } : described;
  }
  return responses;
}

/** Every problem that a call of this route can be answered with, those of one status together. */
function toProblemResponses(
  contract: Contract,
  components: Components,
): Record<string, { description: string; content: Json; headers?: Json }> {
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
    ...(problems.some(([kind]) => kind === "unauthenticated") && { headers: challenge }),
  };
}

function problemsOf(contract: Contract): [kind: string, definition: ProblemDefinition][] {
  const { body, params, query, headers, cookies, problems = {} } = contract;
  const bodies = body?.several ?? [body ?? []].flat();
  const kinds: GatewayProblem[] = ["internal-error", "out-of-time"];
  if (body ?? params ?? query ?? headers ?? cookies) kinds.unshift("invalid-request");
  if (body) kinds.unshift("malformed-body", "body-too-large", "unsupported-media-type");
  if (asksWhoCalls(contract)) kinds.unshift("unauthenticated");
  // Of text and bytes there may be none: an empty file.
  if (bodies.some(({ media }) => !media || media.read)) kinds.unshift("missing-body");
  if (bodies.some(({ media }) => media === undefined)) kinds.unshift("malformed-json");
  return [
    ...kinds.map((kind): [string, ProblemDefinition] => [kind, gatewayProblems[kind]]),
    ...Object.entries(problems),
  ];
}
