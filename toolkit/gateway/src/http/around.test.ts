import { expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { gzip } from "../contract/gzip.ts";
import { Problem, problem } from "../contract/problem.ts";
import { recorded } from "../testing/recorded.ts";
import { invoke } from "../testing/testing.ts";
import { lambdaWith, type Surrounding } from "./shared.ts";

const order = contract({
  method: "POST",
  path: "/lucky_numbers",
  summary: "",
  body: z.object({ name: z.string() }),
  example: { name: "x" },
  reply: z.object({
    id: z.string(),
    at: z.codec(z.string(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    }),
  }),
  problems: { "sold-out": { status: 409, title: "It is sold out" } },
  compress: gzip,
});
const at = new Date(0);
const event = (body = '{"name":"x"}', headers = {}) =>
  recorded("http", { headers: { "content-type": "application/json", ...headers }, body });
const around = (surrounding: Surrounding) => lambdaWith({ around: () => surrounding });

test("what goes around a function sees what is answered, as it is sent", async () => {
  const seen = vi.fn();
  const handler = around(async (_call, run) => {
    const answer = await run();
    seen(answer);
    return answer;
  })(order, ({ body }) => ({ id: body.name, at }));
  const body = { id: "x", at: at.toISOString() };
  expect(await invoke(handler, event())).toMatchObject({ status: 200, body });
  expect(seen).toHaveBeenCalledWith(expect.objectContaining({ status: 200, body: JSON.stringify(body) }));
});

test("it may answer without a run", async () => {
  const run = vi.fn(() => ({ id: "", at }));
  const answer = {
    status: 200,
    headers: { "x-kept": "yes" },
    cookies: [],
    body: "{}",
    isBase64Encoded: false,
  };
  const handler = around(async () => answer)(order, run);
  expect(await invoke(handler, event())).toMatchObject({ status: 200, headers: { "x-kept": "yes" } });
  expect(run).not.toHaveBeenCalled();
});

test("it sees problems, and may make one", async () => {
  const seen = vi.fn();
  const handler = around(async (_call, run) => {
    const problem = await run();
    seen(problem instanceof Problem && problem.kind);
    return problem;
  })(order, () => problem("sold-out", "Come back tomorrow."));
  expect(await invoke(handler, event())).toMatchObject({
    status: 409,
    body: { type: "urn:problem:sold-out" },
  });
  expect(seen).toHaveBeenCalledWith("sold-out");
});

test("it comes after the request is checked, and what it answers is compressed like any", async () => {
  const answer = {
    status: 200,
    headers: { "content-type": "application/json" },
    cookies: [],
    body: JSON.stringify("x".repeat(5000)),
    isBase64Encoded: false,
  };
  const surrounding = vi.fn(async () => answer);
  const handler = around(surrounding)(order, () => ({ id: "", at }));
  expect(await invoke(handler, event("{}"))).toMatchObject({ status: 422 });
  expect(surrounding).not.toHaveBeenCalled();
  const { headers } = await invoke(handler, event(undefined, { "accept-encoding": "gzip" }));
  expect(headers).toMatchObject({ "content-encoding": "gzip" });
});

test("several nest, the first outermost, each with the parts of those before", async () => {
  const calls: string[] = [];
  const one: Surrounding = (call, run) => {
    calls.push(`one of ${Object.keys(call).includes("second")}`);
    return run({ first: 1 });
  };
  const two: Surrounding<{ readonly first?: number }> = ({ first }, run) => {
    calls.push(`two of ${first}`);
    return run({ second: 2 });
  };
  const handler = lambdaWith({ around: () => one }).with({ around: () => two as Surrounding })(
    order,
    (call) => ({ id: `${"first" in call}${"second" in call}`, at }),
  );
  expect((await invoke(handler, event())).body).toMatchObject({ id: "truetrue" });
  expect(calls).toEqual(["one of false", "two of 1"]);
});

test("a function that takes too long within it is out of time", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const handler = around((_call, run) => run())(order, () => new Promise<never>(() => {}));
  const left = { getRemainingTimeInMillis: () => 260 };
  expect(await invoke(handler, event(), left)).toMatchObject({ status: 503 });
  expect(log).toHaveBeenCalledOnce();
});

test("it is asked once for a contract, and may refuse it", () => {
  const refusing = lambdaWith({
    around: ({ path }) => {
      throw new TypeError(`${path} has nothing`);
    },
  });
  expect(() => refusing(order, () => ({ id: "", at }))).toThrow("/lucky_numbers has nothing");
});
