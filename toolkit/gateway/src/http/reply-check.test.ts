import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { type Contract, contract } from "../contract/contract.ts";
import { reply } from "../contract/reply.ts";
import { invoke } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";

const promise: Contract = contract({
  method: "GET",
  path: "/x",
  summary: "Promises a number",
  reply: { 200: z.object({ n: z.number() }), 204: null },
});
const broken: [string, unknown, string][] = [
  ["a wrong field", { n: "1" }, "GET /x, 200: #/n: "],
  ["no body", undefined, "GET /x, 200: #: "],
  ["a status that it has not", reply(202, {}), "GET /x, 202: a status it does not have"],
  ["a body where it has none", reply(204, {}), "GET /x, 204: a body where it has none"],
];
const answer = (value: unknown) =>
  invoke(
    lambda(promise, () => value),
    { body: null },
  );

describe("a reply that breaks its contract", () => {
  test.each(broken)("fails loudly in development and in tests: %s", async (_, value, message) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    expect((await answer(value)).status).toBe(500);
    expect(log.mock.calls[0]?.[0]).toMatchObject({
      status: 500,
      error: { name: "BrokenContractError", message: expect.stringContaining(message) },
    });
  });

  describe("in production", () => {
    beforeEach(() => {
      vi.stubEnv("NODE_ENV", "production");
    });
    afterEach(() => {
      vi.unstubAllEnvs();
    });

    test("is sent as it is, and logged", async () => {
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      expect(await answer({ n: "1", more: true })).toMatchObject({
        status: 200,
        body: { n: "1", more: true },
      });
      expect(log).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({
          status: 200,
          error: expect.objectContaining({ name: "BrokenContractError" }),
        }),
      );
    });

    test("is no concern where the contract holds", async () => {
      expect(await answer({ n: 1 })).toMatchObject({ status: 200, body: { n: 1 } });
    });
  });
});
