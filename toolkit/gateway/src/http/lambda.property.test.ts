import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { parameters, timeout } from "../testing/fuzz.ts";
import { recorded } from "../testing/recorded.ts";
import { context } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";
import { UnsupportedEventError } from "./unsupported-event-error.ts";

const greet = contract({
  method: "POST",
  path: "/lucky_numbers",
  summary: "Reads every part of a request",
  query: z.object({ a: z.optional(z.union([z.string(), z.array(z.string())])) }),
  headers: z.object({ "user-agent": z.optional(z.string()) }),
  cookies: z.object({ session: z.optional(z.string()) }),
  body: z.object({ name: z.string(), count: z.uint32() }),
  example: { name: "SilentByte", count: 1 },
  reply: z.string(),
});
const handler = lambda(greet, ({ body }) => `Hi, ${body.name}`);

/** What an answer must look like to each gateway; none is 5xx, for the function never fails. */
const base = {
  isBase64Encoded: z.literal(false),
  statusCode: z.union([200, 204, 400, 404, 405, 413, 415, 422].map((status) => z.literal(status))),
  body: z.string(),
};
const one = z.record(z.string(), z.string());
const many = z.record(z.string(), z.array(z.string()));
const Result = z.union([
  z.strictObject({ ...base, headers: one, cookies: z.optional(z.array(z.string())) }),
  z.strictObject({ ...base, headers: one, multiValueHeaders: z.optional(many) }),
  z.strictObject({ ...base, multiValueHeaders: many }),
]);

async function expectValid(event: unknown): Promise<void> {
  const result = await handler(event, context);
  const isValid = z.safeParse(Result, result).success;
  expect(isValid, JSON.stringify(result)).toBe(true);
  if (result.statusCode !== 204 && result.statusCode !== 200) {
    expect(JSON.parse(result.body ?? "")).toMatchObject({
      status: result.statusCode,
      instance: context.awsRequestId,
    });
  }
}

const names = ["http", "http-sam", "function-url", "rest", "rest-partial", "alb", "alb-multi-value", "bare"];
const anything = fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }), fc.constant(undefined));

describe(`no HTTP event, however broken, makes the handler reject or answer 5xx (seed ${parameters.seed})`, () => {
  test.each(names)("%s with anything anywhere in it", { timeout }, async (name) => {
    const event = recorded(name);
    const mutation = fc.record({ path: fc.constantFrom(...pathsOf(event)), value: anything });
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        const broken = mutations.reduce(replace, structuredClone(event));
        try {
          await expectValid(broken);
        } catch (error) {
          // Broken beyond recognition: then a field that tells it is HTTP was hit.
          if (!(error instanceof UnsupportedEventError)) throw error;
          expect(
            mutations.some(({ path }) => /^(?:requestContext|httpMethod|body)(?:\.|$)/.test(path.join("."))),
          ).toBe(true);
        }
      }),
      parameters,
    );
  });

  test.each(names)("%s with any bytes as its body", { timeout }, async (name) => {
    const event = recorded(name);
    const bytes = fc.uint8Array({ maxLength: 200 }).map((value) => Buffer.from(value).toString("base64"));
    const bodies = fc.oneof(fc.string({ unit: "binary" }), fc.base64String(), bytes, fc.json());
    await fc.assert(
      fc.asyncProperty(bodies, fc.boolean(), async (body, isBase64Encoded) => {
        await expectValid({ ...event, body, isBase64Encoded });
      }),
      parameters,
    );
  });

  test.each(names)("%s answers 200 to every body that keeps the contract", { timeout }, async (name) => {
    const event = recorded(name);
    const bodies = fc.record({ name: fc.string({ unit: "binary" }), count: fc.nat(4294967295) });
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const { statusCode, body: reply } = await handler({ ...event, body: JSON.stringify(body) }, context);
        expect(statusCode).toBe(200);
        expect(JSON.parse(reply ?? "")).toBe(`Hi, ${body.name}`);
      }),
      parameters,
    );
  });
});

test("any JSON value at all gives a valid result or the one typed error", { timeout }, async () => {
  const keys = fc.constantFrom(
    ...[
      "body",
      "headers",
      "httpMethod",
      "requestContext",
      "http",
      "elb",
      "path",
      "Records",
      "version",
      "rawPath",
    ],
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
      try {
        await expectValid(event);
      } catch (error) {
        if (!(error instanceof UnsupportedEventError)) throw error;
        expect(error.message).toMatch(/What came is (?:an?|null)/);
      }
    }),
    parameters,
  );
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]));
  return path.length > 0 ? [path, ...inner] : inner;
}

/** Puts a value where the path leads, or takes away what is there if the value is undefined. */
function replace<T>(event: T, { path, value }: { path: Path; value: unknown }): T {
  let at: unknown = event;
  for (const key of path.slice(0, -1)) {
    if (typeof at !== "object" || at === null) return event;
    at = Reflect.get(at, key);
  }
  const last = path.at(-1);
  if (typeof at !== "object" || at === null || last === undefined) return event;
  if (value === undefined) Reflect.deleteProperty(at, last);
  else Reflect.set(at, last, value);
  return event;
}
