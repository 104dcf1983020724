import { invoke } from "@lucky/gateway/testing";
import { describe, expect, test } from "vitest";
import event from "../event.json" with { type: "json" };
import { handler } from "./handler.ts";

describe("lucky-numbers", () => {
  test("greets the article's caller and draws ten numbers", async () => {
    const { status, body } = await invoke(handler, event);
    expect(status).toBe(200);
    expect(body.message).toBe("Hi, 'SILENTBYTE'. Your lucky numbers are:");
    expect(body.numbers).toHaveLength(10);
  });

  test("answers the article's event with a result of the article's shape", async () => {
    const { result } = await invoke(handler, event);
    expect(result).toEqual({
      isBase64Encoded: false,
      statusCode: 200,
      headers: { "content-type": "application/json" },
      body: expect.stringMatching(
        /^\{"message":"Hi, 'SILENTBYTE'\. Your lucky numbers are:","numbers":\[\d+(?:,\d+){9}\]\}$/,
      ),
    });
  });

  test("draws from a source of its own, not the same numbers again", async () => {
    const draws = await Promise.all(Array.from({ length: 5 }, () => invoke(handler, event)));
    expect(new Set(draws.map(({ body }) => body.numbers.join())).size).toBeGreaterThan(1);
  });

  test("tells what to do about each wrong field", async () => {
    const { status, body } = await invoke(handler, { body: '{"name":["x"],"count":"10"}' });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { pointer: "#/name", detail: "Give a string." },
      { pointer: "#/count", detail: "Give a whole number from 0 to 4294967295." },
    ]);
  });
});
