import { api } from "@acme/contracts";
import { loadApplication } from "@lucky/application/application";
import { createClient } from "@lucky/gateway/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTarget, type Target } from "./target.ts";

let target: Target;
beforeAll(async () => {
  target = await startTarget(await loadApplication());
});
afterAll(() => target?.stop());

const post = (body: string, type = "application/json") =>
  fetch(`${target.url}/lucky_numbers`, { method: "POST", headers: { "content-type": type }, body });

describe("lucky-numbers", () => {
  test("greets, and draws as many numbers from 1 to 41 as asked", async () => {
    const client = createClient(api, target.url);
    const reply = await client.luckyNumbers({ body: { name: "SilentByte", count: 10 } });
    expect(reply).toMatchObject({
      ok: true,
      status: 200,
      body: { message: "Hi, 'SILENTBYTE'. Your lucky numbers are:" },
    });
    const numbers = reply.ok ? reply.body.numbers : [];
    expect(numbers).toHaveLength(10);
    for (const number of numbers) expect(number >= 1 && number <= 41 && Number.isInteger(number)).toBe(true);
  });

  test.each([
    [0, 2],
    [99, 20],
  ])("draws %i numbers as %i", async (count, length) => {
    const { numbers } = (await (await post(JSON.stringify({ name: "x", count }))).json()) as {
      numbers: number[];
    }; // as above
    expect(numbers).toHaveLength(length);
  });

  test("says which field is wrong, and how", async () => {
    const response = await post('{"name":"x","count":"ten"}');
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ errors: [{ pointer: "#/count" }] });
  });

  test("shows whoever forgot the content type what to write", async () => {
    const response = await post('{"name":"x","count":2}', "application/x-www-form-urlencoded");
    expect(response.status).toBe(415);
    expect(await response.text()).toContain("curl -H 'content-type: application/json'");
  });
});
