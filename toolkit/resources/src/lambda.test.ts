import { contract } from "@lucky/gateway/contract";
import { lambda as plain } from "@lucky/gateway/lambda";
import { invoke } from "@lucky/gateway/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
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
  });
});
