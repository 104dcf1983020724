import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { z as zodFull } from "zod";
import * as z from "zod/mini";
import { createClient } from "../client/client.ts";
import { type Contract, contract } from "../contract/contract.ts";
import { type Problem, problem } from "../contract/problem.ts";
import { findBodyFault } from "../openapi/body-fault.ts";
import { toOpenApi } from "../openapi/openapi.ts";
import { context, invoke } from "../testing/testing.ts";
import { type Handler, lambda } from "./lambda.ts";

const date = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const TYPE = "https://example.com/problems/out-of-credit";
const buy = contract({
  method: "GET",
  path: "/buy",
  summary: "Buys",
  reply: z.string(),
  problems: {
    "out-of-credit": {
      status: 403,
      title: "There is not enough credit",
      type: TYPE,
      members: z.object({ balance: z.number(), until: date, accounts: z.array(z.string()) }),
      example: { balance: 30, until: "2026-01-31T00:00:00.000Z", accounts: ["/accounts/1"] },
    },
    closed: { status: 403, title: "It is closed", type: "/problems/closed" },
    late: { status: 409, title: "It is late", members: z.object({ by: z._default(z.int(), 1) }) },
  },
});
const members = { balance: 30, until: new Date(0), accounts: ["/accounts/1"] };
const returning = (value: Problem) => lambda({ ...buy } as Contract, () => value); // whatever its types say
const outOfCredit = lambda(buy, () => problem("out-of-credit", "Top up.", { members }));
const clientOf = (handler: Handler) =>
  createClient({ buy }, "https://api.example.com", {
    fetch: async () => {
      const { status, headers, result } = await invoke(handler, { body: null });
      return new Response(String(result.body), { status, headers: { ...headers } });
    },
  });

describe("a problem", () => {
  test("has its members, encoded, beside the standard fields, and a type of its own", async () => {
    const { status, headers, body } = await invoke(outOfCredit, { body: null });
    expect(status).toBe(403);
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(body).toEqual({
      type: TYPE,
      title: "There is not enough credit",
      status: 403,
      detail: "Top up.",
      instance: context.awsRequestId,
      balance: 30,
      until: "1970-01-01T00:00:00.000Z",
      accounts: ["/accounts/1"],
    });
  });

  test("may have a type of its own alone", async () => {
    const { body } = await invoke(
      lambda(buy, async () => problem("closed", "Come back.")),
      { body: null },
    );
    expect(body).toEqual({
      type: "/problems/closed",
      title: "It is closed",
      status: 403,
      detail: "Come back.",
      instance: context.awsRequestId,
    });
  });

  test("is sent without members that its contract does not name", async () => {
    const secret = { passwordHash: "x" };
    const some = returning(problem("out-of-credit", "", { members: { ...members, ...secret } }));
    expect((await invoke(some, { body: null })).body).not.toHaveProperty("passwordHash");
    const none = returning(problem("closed", "", { members: secret }));
    expect((await invoke(none, { body: null })).body).not.toHaveProperty("passwordHash");
  });

  test("keeps its standard fields, whatever its members are called", async () => {
    const problems = { odd: { status: 409, title: "Odd", members: z.looseObject({}) } };
    const odd = lambda({ ...buy, problems } as Contract, () =>
      problem("odd", "No.", {
        members: { status: 200, type: "x", title: "x", detail: "x", instance: "x", errors: 7, ok: 1 },
      }),
    );
    const { status, body } = await invoke(odd, { body: null });
    expect(status).toBe(409);
    expect(body).toEqual({
      type: "urn:problem:odd",
      title: "Odd",
      status: 409,
      detail: "No.",
      instance: context.awsRequestId,
      ok: 1,
    });
  });

  test.each<[string, unknown]>([
    ["without its members", problem("out-of-credit", "")],
    ["with wrong ones", problem("out-of-credit", "", { members: { ...members, balance: "secret" } })],
  ])("is a 500, logged by its place, %s", async (_, value) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { status, result } = await invoke(returning(value as Problem), { body: null });
    expect(status).toBe(500);
    expect(log.mock.calls[0]?.[0].error).toMatchObject({
      name: "BrokenContractError",
      message: expect.stringMatching(/^GET \/buy, out-of-credit: #(?:\/balance)?$/),
    });
    expect(JSON.stringify([result, log.mock.calls])).not.toContain("secret");
  });

  test("that has other members than the contract does not compile", () => {
    // @ts-expect-error it has members
    lambda(buy, () => problem("out-of-credit", "Top up."));
    // @ts-expect-error balance is a number
    lambda(buy, () => problem("out-of-credit", "Top up.", { members: { ...members, balance: "30" } }));
    // @ts-expect-error accounts are missing
    lambda(buy, async () => problem("out-of-credit", "", { members: { balance: 1, until: new Date() } }));
    // @ts-expect-error it has no members
    lambda(buy, () => problem("closed", "Come back.", { members: { at: "noon" } }));
    expect.assertions(0);
  });
});

describe("a contract", () => {
  const base = { method: "GET", path: "/x", summary: "", reply: z.string() } as const;
  const with_ = <const M extends Contract>(definition: M) => definition;

  test("cannot give a problem members that it has by itself, or that JSON cannot say", () => {
    const status = z.object({ status: z.string() });
    // @ts-expect-error every problem has a status
    contract({ ...base, problems: { odd: { status: 409, title: "", members: status } } });
    const at = z.object({ at: z.date() });
    // @ts-expect-error JSON has no Date
    contract({ ...base, problems: { odd: { status: 409, title: "", members: at } } });
    // @ts-expect-error members are fields
    contract({ ...base, problems: { odd: { status: 409, title: "", members: z.string() } } });
    const odd = (members: z.ZodMiniType) =>
      findBodyFault({ odd: with_({ ...base, problems: { lost: { status: 409, title: "", members } } }) });
    expect(odd(status)).toBe(
      "The problem lost of odd: every problem has status by itself: call the member otherwise.",
    );
    expect(odd(at)).toContain("The problem lost of odd: #/at is a Date, which JSON does not have.");
    expect(odd(zodFull.object({ n: zodFull.string().transform(Number) }))).toContain("#/n has a transform");
    expect(odd(z.object({ at: date }))).toBeUndefined();
  });
});

describe("a client", () => {
  test("is told which problem it is, with the members of that", async () => {
    const reply = await clientOf(outOfCredit).buy();
    if (reply.ok || reply.kind !== "out-of-credit") throw new Error("it is another");
    expectTypeOf(reply.problem.until).toEqualTypeOf<string>();
    expect(reply.problem).toMatchObject({ type: TYPE, balance: 30, until: "1970-01-01T00:00:00.000Z" });
  });

  test("knows those without a type of their own, and the gateway's", async () => {
    const late = lambda(buy, () => problem("late", "", { members: { by: 2 } }));
    expect(await clientOf(late).buy()).toMatchObject({ kind: "late", problem: { by: 2 } });
    vi.spyOn(console, "error").mockImplementation(() => {});
    const broken = lambda(buy, () => {
      throw new Error("no");
    });
    expect(await clientOf(broken).buy()).toMatchObject({ kind: "internal-error", status: 500 });
  });

  test("knows nothing of what another has answered", async () => {
    const client = createClient({ buy }, "https://api.example.com", {
      fetch: async () => Response.json({ message: "Forbidden" }, { status: 403 }),
    });
    const reply = await client.buy();
    expect(reply).toMatchObject({ ok: false, kind: undefined, problem: { type: "about:blank" } });
  });
});

describe("the document", () => {
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  const document: any = JSON.parse(
    JSON.stringify(toOpenApi({ buy }, { title: "x", version: "1", server: "/" })),
  );
  const responses = document.paths["/buy"].get.responses;
  const of = (status: number) => responses[status].content["application/problem+json"];

  test("describes a problem with its type and members, and others as ever", async () => {
    expect(await new Validator().validate(document)).toEqual({ valid: true });
    const [own, plain] = of(403).schema.anyOf;
    expect(own.properties).toMatchObject({
      type: { const: TYPE },
      balance: { type: "number" },
      until: { type: "string", format: "date-time" },
    });
    expect(own.required).toEqual(expect.arrayContaining(["type", "status", "balance", "until", "accounts"]));
    expect(plain).toEqual({ $ref: "#/components/schemas/Problem" });
    expect(of(409).schema.required).toContain("by");
    expect(of(500).schema).toEqual({ $ref: "#/components/schemas/Problem" });
  });

  test("describes what is sent", async () => {
    const { body } = await invoke(outOfCredit, { body: null });
    const schema = zodFull.fromJSONSchema(of(403).schema.anyOf[0]);
    expect(schema.safeParse(body).success).toBe(true);
    expect(schema.safeParse({ ...body, balance: "30" }).success).toBe(false);
  });

  test("has its example, and none where nobody has given one", () => {
    expect(of(403).examples).toEqual({
      "out-of-credit": { value: expect.objectContaining({ type: TYPE, balance: 30 }) },
      closed: { value: expect.objectContaining({ type: "/problems/closed" }) },
    });
    expect(
      zodFull.fromJSONSchema(of(403).schema.anyOf[0]).safeParse(of(403).examples["out-of-credit"].value)
        .success,
    ).toBe(true);
    expect(of(409).examples).toEqual({});
  });
});
