import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { clock } from "./aws/clock.ts";
import { secret } from "./declare/declare.ts";
import { secretOf } from "./secret.ts";
import { SecretError } from "./secret-error.ts";
import { type Act, answer, refusal, startRawServer } from "./testing/raw-server.ts";

const MailKey = secret("mail-key", { summary: "The key of the mail service" });
const ordinary = { ...clock };
const before = { ...process.env };
let stop: () => Promise<void> = async () => {};
beforeEach(() => {
  clock.wait = async () => {};
});
afterEach(async () => {
  Object.assign(clock, ordinary);
  process.env = { ...before };
  await stop();
});

async function serve(...acts: Act[]) {
  const server = await startRawServer(...acts);
  stop = server.stop;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SSM: server.url,
    AWS_REGION: "eu-central-1",
    SECRET_MAIL_KEY: "/app/dev/MailKey",
  });
  return server.requests;
}
const value = (Value: string) => answer(200, { Parameter: { Value } });
const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "none",
    (error: unknown) => error,
  );

describe("a secret on AWS", () => {
  test("is read, decrypted, from the parameter that its variable names, when it is first asked for", async () => {
    const requests = await serve(value("sesame"));
    const mailKey = secretOf(MailKey);
    expect(requests).toEqual([]);
    expect(await mailKey()).toBe("sesame");
    expect(requests[0]).toContain("x-amz-target: AmazonSSM.GetParameter");
    expect(requests[0]).toContain("content-type: application/x-amz-json-1.1");
    expect(requests[0]).toMatch(/\{"Name":"\/app\/dev\/MailKey","WithDecryption":true\}$/);
  });

  test("is one call for all who ask at once, and is kept for five minutes", async () => {
    const requests = await serve(value("first"), value("second"), value("third"));
    const mailKey = secretOf(MailKey);
    const start = clock.now();
    expect(await Promise.all([mailKey(), mailKey(), mailKey()])).toEqual(["first", "first", "first"]);
    clock.now = () => start + 5 * 60_000 - 1000;
    expect(await mailKey()).toBe("first");
    expect(requests).toHaveLength(1);
    clock.now = () => start + 6 * 60_000;
    expect(await mailKey()).toBe("second");
    clock.now = () => start - 60_000; // the clock went back
    expect(await mailKey()).toBe("third");
  });

  test("that is not set says how to set it, and is asked for again", async () => {
    await serve(refusal("ParameterNotFound", ""), value("sesame"));
    const mailKey = secretOf(MailKey);
    expect(await errorOf(mailKey())).toEqual(
      new SecretError(
        "The secret mail-key (The key of the mail service) is not set in this stage: pnpm sst secret set MailKey --stage <stage>, and deploy it.",
      ),
    );
    expect(await mailKey()).toBe("sesame");
  });

  test.each<[what: string, act: Act, sentence: string]>([
    ["denied", refusal("AccessDeniedException", "User: x is not authorized"), "User: x is not authorized"],
    [
      "slowed down",
      refusal("ThrottlingException", "Rate exceeded"),
      "ssm GetParameter was tried 5 times: Rate exceeded",
    ],
    ["failing", answer(500, "<html>"), "ssm GetParameter was tried 5 times: status 500, and no JSON"],
  ])("that is %s is an error that names it", async (_, act, sentence) => {
    await serve(act);
    expect(await errorOf(secretOf(MailKey)())).toEqual(
      new SecretError(`The secret mail-key (The key of the mail service) cannot be read: ${sentence}`),
    );
  });
});

describe("a secret on this machine", () => {
  test("is in a variable of its own", async () => {
    process.env.MAIL_KEY = "sesame";
    expect(await secretOf(MailKey)()).toBe("sesame");
  });

  test.each([undefined, ""])("that is not set says what to add", async (given) => {
    if (given !== undefined) process.env.MAIL_KEY = given;
    expect(await errorOf(secretOf(MailKey)())).toEqual(
      new SecretError(
        "The secret mail-key (The key of the mail service) is not set: add MAIL_KEY=… to .env.local.",
      ),
    );
  });
});

test("a secret is in no log and no error", async () => {
  const logs = ["debug", "log", "info", "warn", "error"] as const;
  const spies = logs.map((level) => vi.spyOn(console, level));
  await serve(value("sesame"));
  await secretOf(MailKey)();
  expect(spies.flatMap(({ mock }) => mock.calls)).toEqual([]);
  vi.restoreAllMocks();
});
