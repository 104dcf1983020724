import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import type { Contract } from "../contract/contract.ts";
import { Problem } from "../contract/problem.ts";
import { Reply } from "../contract/reply.ts";
import { parameters, timeout } from "../testing/fuzz.ts";
import { invoke } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const SECRET = "hunter2";
const date = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const members = z.strictObject({ left: z.number() });
const kept = z.object({
  id: z.number(),
  at: date,
  list: z.array(z.object({ n: z.int() })),
  note: z.optional(z.null()),
});
const contract = {
  method: "GET",
  path: "/x",
  summary: "",
  reply: { 200: kept, 201: z.union([z.number(), z.object({ n: z.number() })]), 204: null },
  problems: {
    odd: { status: 409, title: "Odd", members: z.object({ left: z.number() }) },
    plain: { status: 410, title: "Plain" },
  },
} as const satisfies Contract;

/** What is nearly right, with what the contract does not name strewn all over. */
const secret = fc.constant(SECRET);
const extra = fc.record({ passwordHash: secret, [SECRET]: secret }, { requiredKeys: [] });
const strewn = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.tuple(fc.record(fields), extra).map((parts): unknown => Object.assign({}, ...parts));
const nearly = <T>(right: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 20, arbitrary: right },
    { weight: 1, arbitrary: fc.oneof(secret, fc.anything(), strewn({})) },
  );
const body = nearly(
  strewn({
    id: nearly(fc.integer()),
    at: nearly(fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true })),
    list: nearly(fc.array(nearly(strewn({ n: nearly(fc.integer()) })))),
    note: nearly(fc.constant(null)),
  }),
);
const returned = fc.oneof(
  body,
  fc.tuple(fc.constantFrom(200, 202, 500), body).map(([status, value]) => new Reply(status, value)),
  nearly(fc.oneof(fc.integer(), strewn({ n: fc.integer() }))).map((value) => new Reply(201, value)),
  nearly(fc.constant(undefined)).map((value) => new Reply(204, value)),
  fc
    .tuple(fc.constantFrom("odd", "plain", "unheard-of"), nearly(strewn({ left: nearly(fc.integer()) })))
    .map(([kind, given]) => new Problem(kind, "detail", { members: given })),
);
const environment = fc.constantFrom("production", "development", "test", undefined);

describe(`whatever a function returns (seed ${parameters.seed})`, () => {
  test("the caller gets what the contract promises, and nothing else", { timeout }, async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await fc.assert(
      fc.asyncProperty(returned, environment, async (value, nodeEnv) => {
        vi.stubEnv("NODE_ENV", nodeEnv);
        log.mockClear();
        const { status, body, result } = await invoke(
          lambda(contract as Contract, () => value),
          { body: null },
        );
        expect(JSON.stringify([result, log.mock.calls])).not.toContain(SECRET);
        expect(log).toHaveBeenCalledTimes(status === 500 ? 1 : 0);
        if (status === 200) expect(z.decode(z.strictObject(kept.shape), body)).toBeDefined();
        else if (status === 409) expect(z.parse(members, { left: body.left })).toBeDefined();
        else expect([201, 204, 410, 500]).toContain(status);
      }),
      parameters,
    );
  });
});
