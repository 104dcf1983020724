import { runInNewContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { problem } from "../contract/problem.ts";
import { invoke } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";

const fail = contract({ method: "GET", path: "/x", summary: "Throws", reply: z.string() });

/** What the log line of a request has of what its function throws, after JSON, as Lambda writes it. */
async function logged(thrown: unknown) {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const handler = lambda(fail, () => {
    throw thrown;
  });
  expect((await invoke(handler, { body: null })).status).toBe(500);
  return JSON.parse(JSON.stringify(log.mock.calls[0]?.[0].error));
}
const stack = expect.stringContaining("log.test.ts");

describe("the log has", () => {
  test("the errors of an AggregateError, with their causes", async () => {
    const first = new TypeError("one", { cause: new RangeError("why") });
    const error = new AggregateError([first, "two"], "all failed", { cause: new Error("because") });
    expect(await logged(error)).toEqual({
      name: "AggregateError",
      message: "all failed",
      stack,
      cause: { name: "Error", message: "because", stack },
      errors: [
        { name: "TypeError", message: "one", stack, cause: { name: "RangeError", message: "why", stack } },
        { name: "string", message: "two" },
      ],
    });
  });

  test("both errors of a SuppressedError, the later first, as `using` throws it", async () => {
    const error = new SuppressedError(new Error("closing"), new Error("working"), "both failed");
    expect(await logged(error)).toMatchObject({
      name: "SuppressedError",
      errors: [
        { name: "Error", message: "closing", stack },
        { name: "Error", message: "working", stack },
      ],
    });
  });

  test("an Error of another realm, as every Error", async () => {
    const error = runInNewContext('new TypeError("elsewhere", { cause: new RangeError("why") })');
    expect(error).not.toBeInstanceOf(Error);
    expect(await logged(error)).toEqual({
      name: "TypeError",
      message: "elsewhere",
      stack: expect.stringContaining("evalmachine"),
      cause: { name: "RangeError", message: "why", stack: expect.stringContaining("evalmachine") },
    });
  });

  test.each<[what: string, thrown: unknown, description: object]>([
    ["its message", { code: 7, message: "no disk" }, { name: "object", message: "no disk" }],
    ["its fields' names", { code: 7, token: "hunter2" }, { name: "object", message: "fields: code,token" }],
    ["no errors that are no list", { errors: "hunter2" }, { name: "object", message: "fields: errors" }],
    [
      "its fields' names again",
      problem("draw-lost", "hunter2"),
      { name: "object", message: "fields: kind,detail,details" },
    ],
    ["no more than that it is one", Object.create(null), { name: "object", message: "fields: " }],
  ])("of an object that is no Error %s, and no value of its fields", async (_, thrown, description) => {
    expect(await logged(thrown)).toEqual(description);
  });

  test("ten errors of one request at most, however they hold each other", async () => {
    const wide = new AggregateError(Array.from({ length: 1000 }, () => new Error("one of many")));
    expect((await logged(wide)).errors).toHaveLength(9);
    const tree = (depth: number): Error =>
      depth === 0 ? new Error("leaf") : new AggregateError([tree(depth - 1), tree(depth - 1)]);
    vi.restoreAllMocks();
    expect(JSON.stringify(await logged(tree(12))).match(/"name"/g)).toHaveLength(10);
    const cycle = new AggregateError([]);
    cycle.cause = cycle;
    cycle.errors.push(cycle);
    vi.restoreAllMocks();
    expect(JSON.stringify(await logged(cycle)).match(/"name"/g)).toHaveLength(10);
  });
});
