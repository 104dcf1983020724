import { type Contract, contract } from "@lucky/gateway/contract";
import { type Call, lambda as plain } from "@lucky/gateway/lambda";
import { type Logging, lambdaWith as plainWith } from "@lucky/gateway/shared";
import { invoke } from "@lucky/gateway/testing";
import type { CALL_PARTS } from "@lucky/gateway/uses";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import { read, secret, setting } from "./declare/declare.ts";
import { lambda } from "./lambda.ts";
import { lambdaWith } from "./shared.ts";

const Size = setting("page-size", {
  value: z.coerce.number<string>(),
  default: "10",
  summary: "How many on a page",
});
const MailKey = secret("mail-key", { summary: "The key of the mail service" });
const readSize = contract({
  method: "GET",
  path: "/size",
  summary: "Reads a size",
  reply: z.object({ size: z.number(), key: z.string() }),
  uses: { size: read(Size), mailKey: read(MailKey) },
});
const run = {
  version: "2.0",
  rawPath: "/size",
  requestContext: { http: { method: "GET", path: "/size" } },
  headers: {},
};

const before = { ...process.env };
beforeEach(() => {
  process.env.MAIL_KEY = "sesame";
});
afterEach(() => {
  process.env = { ...before };
});

describe("a function is given what its contract uses", () => {
  test("with the call", async () => {
    const handler = lambda(readSize, async ({ size, mailKey }) => ({ size, key: await mailKey() }));
    expect((await invoke(handler, run)).body).toEqual({ size: 10, key: "sesame" });
    process.env.PAGE_SIZE = "20";
    expect((await invoke(handler, run)).body).toEqual({ size: 20, key: "sesame" });
  });

  test("but what is called as a part of the call is, which does not compile", () => {
    const { uses: _, ...base } = readSize;
    // @ts-expect-error a call has a body
    contract({ ...base, uses: { body: read(Size) } });
    // @ts-expect-error and a context
    contract({ ...base, uses: { size: read(Size), context: read(MailKey) } });
    // @ts-expect-error and with shared checks a log
    contract({ ...base, uses: { addToLog: read(MailKey) } });
    expectTypeOf<(typeof CALL_PARTS)[number]>().toEqualTypeOf<keyof Call<Contract> | keyof Logging>();
  });

  test("where it shares checks with others", async () => {
    const shared = lambdaWith({ check: () => ({ user: "anna" }) }).with({
      check: ({ user }) => ({ greeting: `Hi ${user}` }),
    });
    const handler = shared(readSize, ({ size, greeting }) => ({ size, key: greeting }));
    expect((await invoke(handler, run)).body).toEqual({ size: 10, key: "Hi anna" });
  });

  test("and by no other lambda", () => {
    // @ts-expect-error it would get nothing
    plain(readSize, async ({ mailKey }) => ({ size: 1, key: await mailKey() }));
    // @ts-expect-error likewise
    plainWith()(readSize, async ({ mailKey }) => ({ size: 1, key: await mailKey() }));
  });
});
