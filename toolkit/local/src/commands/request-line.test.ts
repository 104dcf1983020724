import { describe, expect, test } from "vitest";
import type { Exchange } from "../gateways/api-server.ts";
import type { Outcome } from "../lambda/environment.ts";
import { describeExchange, exchangeToJson } from "./request-line.ts";

const outcome = (logs: unknown[], initDurationMs?: number): Outcome => ({
  payload: "{}",
  isFunctionError: false,
  environment: 2,
  logs: logs.map((line) => ({
    from: "function",
    text: typeof line === "string" ? line : JSON.stringify(line),
  })),
  report: {
    requestId: "id",
    durationMs: 3.2,
    memorySizeMb: 128,
    status: "success",
    ...(initDurationMs !== undefined && { initDurationMs }),
  },
});
const exchange: Exchange = { method: "POST", target: "/draws?a=1", status: 200, milliseconds: 12.345 };
// A stream that is no terminal gets no colours.
const describeIt = (rest: Partial<Exchange>) => describeExchange({ ...exchange, ...rest }, process.stderr);

describe("a request is shown", () => {
  test("in a line, with its environment, cold or warm", () => {
    expect(describeIt({})).toBe("POST /draws?a=1 200 12.3 ms");
    expect(describeIt({ outcome: outcome([], 50) })).toBe("POST /draws?a=1 200 12.3 ms cold #2");
    expect(describeIt({ outcome: outcome([]) })).toBe("POST /draws?a=1 200 12.3 ms warm #2");
  });

  test("with what the function logged below it, but for the line that says the same", () => {
    const logs = [
      { level: "INFO", message: "hello" },
      { level: "WARN", message: { a: 1 } },
      "raw text",
      { level: "DEBUG", message: { message: "request", status: 200 } },
    ];
    expect(
      describeIt({ outcome: outcome(logs) })
        .split("\n")
        .slice(1),
    ).toEqual(["  INFO hello", '  WARN {"a":1}', "  raw text"]);
  });

  test("with the stack of what the function threw", () => {
    const error = { name: "Error", message: "no", stack: "Error: no\n    at run (handler.ts:3:1)" };
    const thrown = { level: "ERROR", message: { message: "request", status: 500, error } };
    const uncaught = {
      level: "ERROR",
      message: { errorType: "Error", stackTrace: ["Error: no", "    at x"] },
    };
    expect(describeIt({ status: 500, outcome: outcome([thrown]) })).toContain(
      "  Error: no\n      at run (handler.ts:3:1)",
    );
    expect(describeIt({ status: 500, outcome: outcome([uncaught]) })).toContain("  Error: no\n      at x");
  });

  test.each([
    '{"message":"request","error":null}',
    '{"message":"request","error":{"stack":5}}',
    '{"toString":1}',
  ])("whatever the function logs: %s", (json) => {
    const message: unknown = JSON.parse(json);
    expect(describeIt({ outcome: outcome([{ level: "INFO", message }]) }).split("\n")).toHaveLength(2);
  });

  test("with the reason why there is no answer", () => {
    expect(describeIt({ status: 500, failure: "Sandbox.Timedout: late" })).toMatch(
      /\n {2}Sandbox\.Timedout: late$/,
    );
  });
});

test("a request is told to machines in a line of JSON", () => {
  const line = exchangeToJson({
    ...exchange,
    outcome: outcome([{ level: "INFO", message: "hello" }, "raw"], 50),
  });
  expect(line).not.toContain("\n");
  expect(JSON.parse(line)).toEqual({
    method: "POST",
    target: "/draws?a=1",
    status: 200,
    durationMs: 12.345,
    requestId: "id",
    environment: 2,
    cold: true,
    billedDurationMs: 54,
    logs: [{ level: "INFO", message: "hello" }, "raw"],
  });
});
