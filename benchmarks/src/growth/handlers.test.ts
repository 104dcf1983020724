import { recorded } from "@lucky/gateway/recorded";
import { context } from "@lucky/gateway/testing";
import { describe, expect, test } from "vitest";
import { handler as byHand } from "./handlers/by-hand.ts";
import { handler as gateway } from "./handlers/gateway.ts";
import { handler as zod } from "./handlers/zod.ts";

// What is measured must do the same, or the figures say nothing.

type Result = { statusCode?: number | undefined; body?: string | undefined };
type Handler = (event: never, given: typeof context) => Promise<Result>;
const handlers: readonly [string, Handler][] = [
  ["by hand", byHand],
  ["with the gateway", gateway],
  ["with zod", zod],
];

describe.each(handlers)("the growth handler %s", (_, handler) => {
  const send = (body: string) => handler(recorded("http", { body }) as never, context); // an event of AWS's own

  test.each([
    ["a small body", { name: "SilentByte" }],
    ["5 MB beside the name", { name: "SilentByte", text: "x".repeat(5_000_000) }],
  ])("answers %s", async (_, body) => {
    const { statusCode, body: answer } = await send(JSON.stringify(body));
    expect({ statusCode, answer }).toEqual({ statusCode: 200, answer: '{"length":10}' });
  });

  test("refuses a name that is none", async () => {
    expect((await send('{"name":7}')).statusCode).toBe(422);
  });
});
