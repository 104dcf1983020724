import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import functionUrl from "../events/function-url.json" with { type: "json" };
import http from "../events/http.json" with { type: "json" };
import rest from "../events/rest.json" with { type: "json" };
import { contract } from "./contract.ts";
import { lambda } from "./lambda.ts";
import { context } from "./testing.ts";
import { UnsupportedEventError } from "./unsupported-event-error.ts";

const greet = contract({
  method: "POST",
  path: "/lucky_numbers",
  summary: "Greets",
  body: z.object({ name: z.string(), count: z.uint32() }),
  example: { name: "SilentByte", count: 1 },
  reply: z.string(),
});
const handler = lambda(greet, ({ body }) => `Hi, ${body.name}`);

/** What API Gateway takes, and what a function that did not fail answers. */
const Result = z.strictObject({
  isBase64Encoded: z.literal(false),
  statusCode: z.union([200, 400, 413, 415, 422].map((status) => z.literal(status))),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

const events: [string, Record<string, unknown>][] = Object.entries({ http, functionUrl, rest });
const anything = fc.oneof(fc.jsonValue(), fc.constant(undefined));

describe("no HTTP event, however broken, makes the handler reject", () => {
  // The fields by which a dialect is recognized stay, so that what comes is an HTTP event still.
  const essential = ["requestContext", "httpMethod"];

  test.each(events)("%s with any fields replaced or taken away", async (_, event) => {
    const fields = Object.keys(event).filter((key) => !essential.includes(key));
    const changes = fc.dictionary(fc.constantFrom(...fields), anything, {
      minKeys: 1,
      noNullPrototype: true,
    });
    await fc.assert(
      fc.asyncProperty(changes, async (change) => {
        expect(z.safeParse(Result, await handler({ ...event, ...change }, context)).error).toBeUndefined();
      }),
    );
  });

  test.each(events)("%s with anything as its body", async (_, event) => {
    const bodies = fc.oneof(fc.string({ unit: "binary" }), fc.base64String(), fc.json(), anything);
    await fc.assert(
      fc.asyncProperty(bodies, fc.boolean(), async (body, isBase64Encoded) => {
        const result = await handler({ ...event, body, isBase64Encoded }, context);
        expect(z.safeParse(Result, result).error).toBeUndefined();
      }),
    );
  });
});

test("any JSON value at all gives a valid result or the one typed error", async () => {
  const keys = fc.constantFrom(
    "body",
    "headers",
    "httpMethod",
    "requestContext",
    "http",
    "Records",
    "version",
    "x",
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.jsonValue(),
      tie("object"),
      fc.array(tie("value"), { maxLength: 3 }),
    ),
    object: fc.dictionary(keys, tie("value"), { noNullPrototype: true }),
  }));
  await fc.assert(
    fc.asyncProperty(value, async (event) => {
      const result = await handler(event, context).catch((error: unknown) => error);
      if (result instanceof UnsupportedEventError) return;
      expect(z.safeParse(Result, result).error).toBeUndefined();
    }),
    { numRuns: 1000 },
  );
});
