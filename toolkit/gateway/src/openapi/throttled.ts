import type { Json } from "./json.ts";

const STATUS = "429";

/**
 * What API Gateway itself answers, before any function, to more calls than its throttle lets through.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
const content = {
  "application/json": {
    schema: { type: "object", required: ["message"], properties: { message: { type: "string" } } },
    example: { message: "Too Many Requests" },
  },
};

/** Every response of an operation that may be throttled, as each may: with what the contract itself has of that status. */
export function withThrottled(responses: Json): Json {
  const own = responses[STATUS] as { readonly content?: Json } | undefined; // such is a response
  const throttled =
    own === undefined
      ? { $ref: "#/components/responses/TooManyRequests" }
      : { ...own, content: { ...content, ...own.content } };
  return { ...responses, [STATUS]: throttled };
}

/** What those refer to. */
export const throttledResponses = {
  TooManyRequests: { description: "There are too many calls: try again later.", content },
};
