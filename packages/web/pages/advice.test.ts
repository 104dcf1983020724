import { expect, test } from "vitest";
import { adviseOn } from "./advice.ts";

const failed = (status: number, title: string, more: { detail?: string; retryAfter?: string } = {}) =>
  adviseOn({
    kind: "problem",
    problem: { type: "about:blank", title, status, ...(more.detail && { detail: more.detail }) },
    requestId: "r1",
    retryAfter: more.retryAfter,
  });

test("a fault of the API is told with the request to name", () => {
  expect(failed(500, "Something went wrong")).toEqual({
    title: "Something went wrong.",
    action:
      "That is a fault of the API, not yours. Press Draw again; if it stays, tell whoever runs the API, and name the request r1.",
  });
});

test.each([429, 503])("a %i says how long to wait, where the API does", (status) => {
  expect(failed(status, "Too Many Requests").action).toContain("Wait a moment, then press Draw again.");
  expect(failed(status, "Too Many Requests", { retryAfter: "7" }).action).toContain("Wait 7 seconds,");
});

test("what the API says to do about a request is passed on", () => {
  expect(failed(415, "The content type is not supported", { detail: "Send JSON." }).action).toBe(
    "Send JSON.",
  );
  expect(failed(404, "Not Found").action).toContain("reload it");
});

test.each(["unreachable", "timeout", "stopped", "unreadable"] as const)("%s says what to do", (kind) => {
  expect(adviseOn({ kind }).action).toMatch(/\.$/);
});
