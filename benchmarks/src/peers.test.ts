import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { recorded } from "@lucky/gateway/recorded";
import { context } from "@lucky/gateway/testing";
import { afterAll, describe, expect, test } from "vitest";
import { bundle } from "./bundle.ts";
import { EMPTY, EMPTY_AGAIN, OURS, subjects } from "./subjects.ts";

// What is measured must do the same, or the figures say nothing. Each runs here as the very bundle that is measured.

const folder = mkdtempSync(join(tmpdir(), "lucky-bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Result = { statusCode: number; body: string };

async function load(name: string): Promise<(body: string) => Promise<Result>> {
  const subject = subjects.find((each) => each.name === name);
  if (subject === undefined) throw new Error(name);
  const { file } = await bundle(subject, join(folder, name.replaceAll(/\W/g, "-")));
  const { handler } =
    subject.format === "esm" ? await import(pathToFileURL(file).href) : createRequire(import.meta.url)(file);
  return (body) => handler(recorded("http", { body }), context);
}

const names = subjects.map(({ name }) => name).filter((name) => name !== EMPTY && name !== EMPTY_AGAIN);

describe.each(names)("%s", async (name) => {
  const handler = await load(name);

  test.each([
    [0, 2],
    [10, 10],
    [99, 20],
  ])("draws %i numbers as %i, from 1 to 41", async (count, length) => {
    const { statusCode, body } = await handler(JSON.stringify({ name: "SilentByte", count }));
    const { message, numbers } = JSON.parse(body);
    expect([statusCode, message]).toEqual([200, "Hi, 'SILENTBYTE'. Your lucky numbers are:"]);
    expect(numbers).toHaveLength(length);
    expect(numbers.every((number: number) => number >= 1 && number <= 41)).toBe(true);
  });

  test.each([
    '{"name":"x","count":"ten"}',
    '{"name":7,"count":2}',
    `{"name":"${"x".repeat(257)}","count":2}`,
    "{",
  ])("refuses %s", async (body) => {
    const { statusCode } = await handler(body);
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(statusCode).toBeLessThan(500);
  });
});

test("this project is among them", () => {
  expect(names).toContain(OURS);
});
