import { expect, test } from "vitest";
import { type Report, toJsonLine } from "./report.ts";

const warm: Report = {
  requestId: "id",
  durationMs: 2.1004,
  memorySizeMb: 128,
  maxMemoryUsedMb: 60,
  status: "success",
};

test("a report in Lambda's JSON format", () => {
  expect(JSON.parse(toJsonLine(warm, new Date(0)))).toEqual({
    time: "1970-01-01T00:00:00.000Z",
    type: "platform.report",
    record: {
      requestId: "id",
      metrics: { durationMs: 2.1, billedDurationMs: 3, memorySizeMB: 128, maxMemoryUsedMB: 60 },
      status: "success",
    },
  });
});
