import { expect, test } from "vitest";
import { adviseOn } from "./advice.ts";

const failed = (
  status: number,
  title: string,
  { detail, headers = {} }: { detail?: string; headers?: Record<string, string> } = {},
) =>
  adviseOn({
    kind: "problem",
    problem: { type: "about:blank", title, status, ...(detail !== undefined && { detail }) },
    requestId: "r1",
    headers: new Headers(headers),
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
  const wait = (headers: Record<string, string>) => failed(status, "Too Many Requests", { headers }).action;
  expect(wait({ "retry-after": "7" })).toContain("Wait 7 seconds,");
  const date = "Wed, 21 Oct 2015 07:26:00 GMT";
  expect(wait({ date, "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" })).toContain("Wait 2 minutes,");
  for (const nonsense of [
    "-5",
    "soon",
    "<b>1</b>",
    "",
    "99999999999999999999",
    "Wed, 99 Oct 2015 GMT",
    date,
  ]) {
    expect(wait({ "retry-after": nonsense }), nonsense).toContain("Wait a moment,");
  }
});

test("what the API says to do about a request is passed on", () => {
  expect(failed(415, "The content type is not supported", { detail: "Send JSON." }).action).toBe(
    "Send JSON.",
  );
  expect(failed(404, "Not Found").action).toContain("reload it");
});

test.each(["", " ", "<p>no</p>", "<!doctype html>"])("a reason of %j is none", (detail) => {
  expect(failed(422, "Refused", { detail }).action).toMatch(/^It gives no reason that this page can read;/);
});

test.each([
  ["<p>Bad gateway</p>", {}, "The API answered 502 with HTML."],
  ["HTTP 502", { "content-type": "text/html; charset=utf-8" }, "The API answered 502 with HTML."],
  ["", {}, "HTTP 502."],
  ["Is it down?", {}, "Is it down?"],
  ["1 < 2", {}, "1 < 2."],
])("what failed has a title for people: %j, %j", (title, headers, words) => {
  expect(failed(502, title, { headers }).title).toBe(words);
});

test("nobody has to read a megabyte", () => {
  const long = "no ".repeat(400_000);
  const { title, action } = failed(400, long, { detail: long });
  expect(title).toMatch(/more characters\)\.$/);
  expect(Math.max(title.length, action.length)).toBeLessThan(400);
});

test("nothing turns the text around", () => {
  expect(failed(400, "\u202eoops", { detail: "\u2067x" })).toEqual({
    title: "\\u202eoops.",
    action: "\\u2067x",
  });
});

test.each(["unreachable", "timeout", "stopped", "unreadable", "outdated"] as const)(
  "%s says what to do",
  (kind) => {
    expect(adviseOn({ kind }).action).toMatch(/\.$/);
  },
);
