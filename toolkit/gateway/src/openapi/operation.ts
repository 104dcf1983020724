import type { Contract } from "../contract/contract.ts";
import { camelCase, pascalCase } from "../contract/name.ts";
import type { Schema } from "../contract/schema.ts";
import { validateNow } from "../contract/validate-now.ts";
import { type Components, DescriptionError } from "./components.ts";
import { toRequestContent } from "./content.ts";
import type { Json } from "./json.ts";
import { toParameters, toPathParameters } from "./parameters.ts";
import { toResponses } from "./responses.ts";
import { splitSecurity } from "./security.ts";
import { tagOf } from "./tags.ts";
import { withThrottled } from "./throttled.ts";

/** A contract as an operation of a document that has these components; `segments` as a template of its path has them. */
export function toOperation(
  name: string,
  contract: Contract,
  {
    segments = [],
    components,
    server,
  }: { segments?: readonly string[] | undefined; components: Components; server: string },
): Json {
  try {
    return describe(name, contract, segments, components, server);
  } catch (error) {
    if (!(error instanceof DescriptionError)) throw error;
    throw new DescriptionError(`The contract ${name} cannot be described: ${error.message}.`);
  }
}

function describe(
  name: string,
  contract: Contract,
  segments: readonly string[],
  components: Components,
  server: string,
): Json {
  const { summary, description, body, example, deprecated } = contract;
  const operation = pascalCase(name);
  const of = { operation, components };
  const { parameters, security } = splitSecurity([
    ...toPathParameters(contract, segments, of),
    ...toParameters(contract, "query", of),
    ...toParameters(contract, "headers", of),
    ...toParameters(contract, "cookies", of),
  ]);
  return {
    operationId: camelCase(name),
    summary,
    ...(description !== undefined && { description }),
    tags: [tagOf(contract)],
    ...(deprecated && { deprecated }),
    ...(parameters.length > 0 && { parameters }),
    ...(security && { security }),
    ...(body && {
      requestBody: {
        required: isRequired(body),
        content: toRequestContent(body, example, { name: `${operation}Body`, components }),
      },
    }),
    responses: withThrottled(toResponses(contract, { name: operation, components }, server)),
  };
}

/** Of text and bytes there may be none: an empty file. */
function isRequired(schema: Schema): boolean {
  if (schema.media !== undefined && schema.media.fields === undefined) return false;
  const result = validateNow(schema, undefined);
  return result === undefined || result.issues !== undefined;
}
