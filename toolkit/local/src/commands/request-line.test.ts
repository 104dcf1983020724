import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Exchange } from "../gateways/api-server.ts";
import type { InvocationResult } from "../lambda/environment.ts";
import { describeExchange, exchangeToJson } from "./request-line.ts";

const outcome = (logs: unknown[], initDurationMs?: number): InvocationResult => ({
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
    '{"stackTrace":[{"toString":1}]}',
    '{"message":"request","error":{"stack":{"toString":1}}}',
    "null",
    "7",
  ])("whatever the function logs: %s", (json) => {
    const message: unknown = JSON.parse(json);
    for (const level of ["INFO", { toString: 1 }]) {
      expect(describeIt({ outcome: outcome([{ level, message }]) }).split("\n")).toHaveLength(2);
    }
  });

  test("with no message, where the function logged none", () => {
    expect(describeIt({ outcome: outcome([{ level: "INFO" }]) })).toMatch(/\n {2}INFO undefined$/);
  });

  test("with each line that the function logged indented, so that none passes for a request", () => {
    const logs = [{ level: "INFO", message: "a\nGET /forged 200\n\tb" }, "raw"];
    const stackTrace = ["Error: a\nGET /forged 200", "    at x"];
    const thrown = { level: "ERROR", message: { errorType: "Error", stackTrace } };
    const lines = describeIt({ failure: "Error: a\nb", outcome: outcome([...logs, thrown]) }).split("\n");
    expect(lines.slice(1)).toEqual([
      "  Error: a",
      "  b",
      "  INFO a",
      "  GET /forged 200",
      "  \tb",
      "  raw",
      "  Error: a",
      "  GET /forged 200",
      "      at x",
    ]);
  });

  test("with nothing that acts on the terminal, whoever wrote it", () => {
    const evil = "\u001b[2J\u009b1m\u202e";
    const shown = "\\u001b[2J\\u009b1m\\u202e";
    const logs = [{ level: "INFO", message: evil }, { level: "INFO", message: { name: evil } }, evil];
    const line = describeIt({ target: `/${evil}`, failure: evil, outcome: outcome(logs) });
    expect(line.split("\n")).toEqual([
      `POST /${shown} 200 12.3 ms warm #2`,
      `  ${shown}`,
      `  INFO ${shown}`,
      `  INFO {"name":"${shown}"}`,
      `  ${shown}`,
    ]);
  });

  test("with the colours of the function's logger on a terminal, each to the end of its line", () => {
    vi.stubEnv("TERM", "xterm-256color");
    for (const name of ["NO_COLOR", "NODE_DISABLE_COLORS", "FORCE_COLOR"]) vi.stubEnv(name, undefined);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const terminal = Object.create(process.stderr) as NodeJS.WriteStream; // which is one
    Object.assign(terminal, { isTTY: true, getColorDepth: () => 8 });
    const logs = [{ level: "INFO", message: "\u001b[33mslow\u001b[8mhidden\nnext" }];
    const [, ...lines] = describeExchange({ ...exchange, outcome: outcome(logs) }, terminal).split("\n");
    expect(lines).toEqual(["  INFO \u001b[33mslow\\u001b[8mhidden\u001b[0m", "  next"]);
    expect(describeIt({ outcome: outcome(logs) })).toContain("  INFO slow\\u001b[8mhidden\n  next");
  });

  test("with the reason why there is no answer", () => {
    expect(describeIt({ status: 500, failure: "Sandbox.Timedout: late" })).toMatch(
      /\n {2}Sandbox\.Timedout: late$/,
    );
  });
});

test("a line for machines has nothing that acts on a terminal either, and keeps its value", () => {
  const target = "/\u009b2J\u202e\u007f";
  const line = exchangeToJson({ ...exchange, target });
  expect(line).toContain('"/\\u009b2J\\u202e\\u007f"');
  expect(JSON.parse(line)).toMatchObject({ target });
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
