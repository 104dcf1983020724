import { describe, expect, test } from "vitest";
import { type InitReport, platformLogs, type Report } from "./platform-log.ts";

const warm: Report = {
  requestId: "id",
  durationMs: 2.1004,
  memorySizeMb: 128,
  maxMemoryUsedMb: 60,
  status: "success",
};
const cold: Report = { ...warm, initDurationMs: 80.5 };
const late: Report = { ...warm, status: "timeout", errorType: "Sandbox.Timedout" };
const START = new Date("2026-01-02T03:04:05.678Z");
const failedInit: InitReport = {
  phase: "init",
  durationMs: 1.5,
  status: "error",
  errorType: "RangeError",
};
const lateInit: InitReport = {
  ...failedInit,
  phase: "invoke",
  status: "timeout",
  errorType: "Sandbox.Timedout",
};
const failed: Report = { ...warm, status: "error", errorType: "Runtime.ExitError" };

test("an invocation in Lambda's text format", () => {
  const { start, report } = platformLogs.text;
  expect(start("id", START)).toBe("START RequestId: id Version: $LATEST");
  const warmLine =
    "REPORT RequestId: id\tDuration: 2.10 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB";
  expect(report(warm)).toEqual(["END RequestId: id", warmLine]);
  expect(report(cold)[1]).toBe(`${warmLine.replace("3 ms", "83 ms")}\tInit Duration: 80.50 ms`);
  expect(report(late)[1]).toBe(`${warmLine}\tStatus: timeout`);
  expect(report(failed)[1]).toBe(`${warmLine}\tStatus: error\tError Type: Runtime.ExitError`);
});

test("an init in Lambda's text format", () => {
  const { initReport } = platformLogs.text;
  expect(initReport(failedInit)).toBe(
    "INIT_REPORT Init Duration: 1.50 ms\tPhase: init\tStatus: error\tError Type: RangeError",
  );
  expect(initReport(lateInit)).toBe("INIT_REPORT Init Duration: 1.50 ms\tPhase: invoke\tStatus: timeout");
});

describe("in Lambda's JSON format", () => {
  const parse = (line = "") => JSON.parse(line);

  test("an invocation", () => {
    const { start, report } = platformLogs.json;
    expect(parse(start("id", START))).toEqual({
      time: "2026-01-02T03:04:05.678Z",
      type: "platform.start",
      record: { requestId: "id", version: "$LATEST" },
    });
    expect(report(warm).map(parse)).toEqual([
      {
        time: expect.any(String),
        type: "platform.report",
        record: {
          requestId: "id",
          metrics: { durationMs: 2.1, billedDurationMs: 3, memorySizeMB: 128, maxMemoryUsedMB: 60 },
          status: "success",
        },
      },
    ]);
    expect(report(cold).map(parse)).toMatchObject([
      { record: { metrics: { billedDurationMs: 83, initDurationMs: 80.5 } } },
    ]);
    expect(report(late).map(parse)).toMatchObject([
      { record: { status: "timeout", errorType: "Sandbox.Timedout" } },
    ]);
  });

  test("an init", () => {
    const { initStart, initReport } = platformLogs.json;
    expect(parse(initStart())).toMatchObject({ type: "platform.initStart", record: { phase: "init" } });
    expect(parse(initReport(failedInit))).toMatchObject({
      type: "platform.initReport",
      record: { phase: "init", metrics: { durationMs: 1.5 }, status: "error", errorType: "RangeError" },
    });
    expect(parse(initReport(lateInit))).toMatchObject({
      record: { phase: "invoke", status: "timeout", errorType: "Sandbox.Timedout" },
    });
  });
});
