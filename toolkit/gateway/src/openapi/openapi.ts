import type { Contract } from "../contract/contract.ts";
import { type Components, usedBy } from "./components.ts";
import type { Json } from "./json.ts";
import { findMistakeBeforehand } from "./mistake.ts";
import { toOperation } from "./operation.ts";
import { toPathTemplates } from "./path-templates.ts";
import { securitySchemes } from "./security.ts";
import { toTags } from "./tags.ts";
import { throttledResponses } from "./throttled.ts";

export type OpenApiInfo = {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  /** By its name in https://spdx.org/licenses, or where it can be read. */
  readonly license?: { readonly name: string } & (
    | { readonly identifier?: string }
    | { readonly url?: string }
  );
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string };
  /** What the tags of operations are about, by their names. */
  readonly tags?: Readonly<Record<string, string>>;
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
  const { server, tags, ...about } = info;
  const mistake = findMistakeBeforehand(api);
  if (mistake !== undefined) throw new TypeError(mistake);
  const templates = toPathTemplates(api);
  const paths: Record<string, Record<string, Json>> = {};
  const components: Components = new Map();
  for (const [name, contract] of Object.entries(api)) {
    const { path, segments } = templates.get(name) ?? { path: contract.path };
    const operation = toOperation(name, contract, { segments, components, server });
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operation };
  }
  return {
    openapi: "3.1.0",
    info: about,
    servers: [{ url: server }],
    security: [],
    tags: toTags(Object.values(api), tags),
    paths,
    components: {
      schemas: usedBy(paths, components),
      responses: throttledResponses,
      ...securitySchemes(Object.values(api)),
    },
  };
}
