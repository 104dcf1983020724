import { type } from "arktype";
import * as v from "valibot";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { type Contract, contract } from "../contract/contract.ts";
import { reply } from "../contract/reply.ts";
import { invoke } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const answer = (reply: Contract["reply"], value: unknown) =>
  invoke(
    lambda({ method: "GET", path: "/x", summary: "", reply } as Contract, () => value),
    { body: null },
  );
const spyOnErrors = () => vi.spyOn(console, "error").mockImplementation(() => {});

const SECRET = "swordfish";
const user = z.object({ id: z.string(), age: z.int() });
const promise: Contract["reply"] = {
  200: user,
  201: z.object({ tags: z.array(z.object({ name: z.literal("a") })) }),
  204: null,
};
const broken: [mistake: string, value: unknown, where: string][] = [
  ["a wrong field", { id: "7", age: null, passwordHash: SECRET }, "GET /x, 200: #/age"],
  ["two of them", { id: 7, age: SECRET }, "GET /x, 200: #/id #/age"],
  ["one deep within", reply(201, { tags: [{ name: "a" }, { name: SECRET }] }), "GET /x, 201: #/tags/1/name"],
  ["no body", undefined, "GET /x, 200: #"],
  ["a status that it has not", reply(202, { secret: SECRET }), "GET /x, 202: a status it does not have"],
  ["a body where it has none", reply(204, { secret: SECRET }), "GET /x, 204: a body where it has none"],
];

describe.each(["production", "development", "test", undefined])("where NODE_ENV is %s", (environment) => {
  test.each(broken)("a reply that breaks its contract is never sent: %s", async (_, value, where) => {
    vi.stubEnv("NODE_ENV", environment);
    const log = spyOnErrors();
    const { status, result } = await answer(promise, value);
    expect(status).toBe(500);
    expect(JSON.stringify(result)).not.toContain(SECRET);
    expect(log).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        status: 500,
        error: expect.objectContaining({ name: "BrokenContractError", message: where }),
      }),
    );
    expect(JSON.stringify(log.mock.calls)).not.toContain(SECRET);
  });

  test("a reply that keeps it is sent, without what the contract does not name", async () => {
    vi.stubEnv("NODE_ENV", environment);
    const value = { id: "7", age: 7, passwordHash: SECRET };
    expect(await answer(promise, value)).toMatchObject({ status: 200, body: { id: "7", age: 7 } });
    expect((await answer(promise, value)).body).not.toHaveProperty("passwordHash");
  });
});

test("the log says where a reply is wrong, and not with what, even if the schema's message has it", async () => {
  const log = spyOnErrors();
  const telling = z.object({
    pin: z.string().check(z.refine(() => false, { error: ({ input }) => `${input}` })),
  });
  expect((await answer(telling, { pin: SECRET })).status).toBe(500);
  expect(log.mock.calls[0]?.[0].error.message).toBe("GET /x, 200: #/pin");
  expect(JSON.stringify(log.mock.calls)).not.toContain(SECRET);
});

test("the log names twenty places at most", async () => {
  const log = spyOnErrors();
  expect((await answer(z.array(z.string()), Array(5_000).fill(7))).status).toBe(500);
  expect(log.mock.calls[0]?.[0].error.message.match(/#/g)).toHaveLength(20);
});

describe("a schema of another library is held as it is:", () => {
  test.each([
    ["valibot", v.object({ id: v.string() })],
    ["arktype", type({ id: "string", "+": "delete" })],
  ])("%s", async (_, schema) => {
    expect((await answer(schema, { id: "7", passwordHash: SECRET })).body).toEqual({ id: "7" });
    const log = spyOnErrors();
    expect((await answer(schema, { id: 7, passwordHash: SECRET })).status).toBe(500);
    expect(log.mock.calls[0]?.[0].error.message).toBe("GET /x, 200: #/id");
  });
});

test("a contract that has a reply of one status is held to that", async () => {
  const one = contract({ method: "GET", path: "/x", summary: "", reply: user });
  const log = spyOnErrors();
  expect((await answer(one.reply, reply(201, { id: "7", age: 7 }))).status).toBe(500);
  expect(log).toHaveBeenCalledOnce();
});
