import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { drawForm } from "./draw-form.ts";
import { createVisits, type Visits } from "./visits.ts";

// Whatever answers, the page says in one sentence what happened, and complains nowhere.

let visits: Visits;
beforeAll(async () => {
  visits = await createVisits();
});
afterEach(() => visits.endAll()); // which fails where the console has an error
afterAll(() => visits?.close());

type Answer = {
  readonly status?: number;
  readonly type?: string;
  readonly body: string;
  readonly headers?: Record<string, string>;
};

async function drawOn(answer: Answer): Promise<Page> {
  const { status = 200, type = "application/json", body, headers } = answer;
  const { page } = await visits.open();
  await page.route("**/lucky_numbers", (route) =>
    route.fulfill({ status, body, headers: { "content-type": type, ...headers } }),
  );
  await drawForm(page).draw("Ada", "5");
  await page.locator("#exchange:not([hidden])").waitFor();
  return page;
}

async function alertOn(answer: Answer): Promise<string> {
  return alertOf(await drawOn(answer));
}

async function alertOf(page: Page): Promise<string> {
  const { alert, greeting, submit, balls } = drawForm(page);
  await alert.locator("p").waitFor();
  expect(await greeting.textContent()).toBe("No numbers this time.");
  expect(await balls.count()).toBe(0);
  expect(await submit.textContent()).toBe("Draw");
  return (await alert.locator("p, li").allInnerTexts()).join(" ");
}

const refuse = (problem: unknown, status = 422): Answer => ({
  status,
  type: "application/problem+json",
  body: JSON.stringify(problem),
});
const HTML = `<!doctype html><p>${"No such draw here. ".repeat(60_000)}`;

test.each([
  "{}",
  "null",
  "[]",
  "0",
  '"ok"',
  '{"message":"m","numbers":"boo"}',
  '{"message":"m","numbers":[null,{}]}',
  '{"message":"m","numbers":[1,99]}',
  '{"message":{},"numbers":[1,2]}',
  '{"numbers":[1,2]}',
  '{"__proto__":{"message":"m","numbers":[1,2]}}',
  JSON.stringify({ message: "m", numbers: Array.from({ length: 100_000 }, () => 1) }),
])("a 200 that the contract does not know is not understood: %#", async (body) => {
  expect(await alertOn({ body })).toMatch(
    /^This page does not understand the answer\. The API may have changed/,
  );
});

test.each<Answer>([
  { status: 201, body: '{"message":"m","numbers":[1,2]}' },
  { status: 202, body: "{}" },
  { status: 204, body: "" },
  { body: "" },
  { body: '{"message":' },
  { body: "[".repeat(100_000) },
  { body: HTML },
  { body: HTML, type: "text/html" },
])("what no function of the contract sends is no answer: %#", async (answer) => {
  expect(await alertOn(answer)).toMatch(/^That was no answer of this API\. Something in between/);
});

test("a redirect is no answer either, and the browser shows nothing of it", async () => {
  const page = await drawOn({ status: 302, body: "", headers: { location: "/login" } });
  expect(await alertOf(page)).toMatch(/^That was no answer of this API\./);
  expect(await page.locator("#response").textContent()).toMatch(/^A redirect, hidden by the browser \(/);
});

test.each([
  { title: "Refused", errors: "boo" },
  { title: "Refused", errors: ["boo", null, 1] },
  { title: "Refused", errors: {}, detail: { a: 1 } },
  { title: "Refused", errors: [], detail: "" },
  { title: "Refused", detail: HTML },
])("a 422 without a reason says so: %#", async (problem) => {
  expect(await alertOn(refuse(problem))).toBe(
    "Refused. It gives no reason that this page can read; the response is below. If the API has changed since the page was loaded, reload it.",
  );
});

describe("what is too much to read", () => {
  test.each<[Answer, string]>([
    [{ status: 502, body: HTML, type: "text/html" }, "The API answered 502 with HTML. "],
    [refuse({ title: HTML }, 500), "The API answered 500 with HTML. "],
    [refuse({ title: "no ".repeat(400_000) }, 400), "no no no"],
    [refuse({ title: "T", detail: "no ".repeat(400_000) }, 400), "T. no no no"],
    [
      refuse({
        title: "T",
        errors: Array.from({ length: 20_000 }, (_, n) => ({ pointer: `#/x${n}`, detail: "d".repeat(100) })),
      }),
      "T. ",
    ],
  ])("is not shown whole: %#", async (answer, words) => {
    const page = await drawOn(answer);
    const text = await alertOf(page);
    expect(text.startsWith(words)).toBe(true);
    expect(text.length).toBeLessThan(5_000);
    expect((await page.locator("#response").textContent())?.length).toBeLessThan(11_000);
  });
});

describe("beside its field", () => {
  test.each([
    ["", "The API does not take this value."],
    ["<b>no</b>", "The API does not take this value."],
    ["\u202eno", "\\u202eno"],
    ["no ".repeat(400_000), /^no no .{290,}… \(1,199,700 more characters\)$/],
  ])("stands what a reader can read: %#", async (detail, words) => {
    const page = await drawOn(refuse({ title: "T", errors: [{ pointer: "#/name", detail }] }));
    const problem = page.locator("#name-problem");
    await problem.filter({ hasText: /./ }).waitFor();
    expect(await problem.textContent()).toEqual(
      words instanceof RegExp ? expect.stringMatching(words) : words,
    );
  });

  test.each(["#/%", "#/%E0", "#/submit", "#/__proto__", "#/~2", "name", ""])(
    "stands not what points to %j",
    async (pointer) => {
      expect(await alertOn(refuse({ title: "T", errors: [{ pointer, detail: "Mend it." }] }))).toContain(
        "Mend it.",
      );
    },
  );
});

test("how long to wait is told in words, whatever the API writes", async () => {
  const headers = { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT", date: "Wed, 21 Oct 2015 04:28:00 GMT" };
  expect(await alertOn({ status: 429, body: "{}", headers })).toContain(
    "Wait 3 hours, then press Draw again.",
  );
});
