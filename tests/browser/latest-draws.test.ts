import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { findBarriers } from "./accessibility.ts";
import { drawForm } from "./draw-form.ts";
import { createVisits, type Visits } from "./visits.ts";

let visits: Visits;
beforeAll(async () => {
  visits = await createVisits();
});
afterEach(() => visits.endAll()); // which fails where the console has an error
afterAll(() => visits?.close());

const DRAWS = /\/draws(\?|$)/;

/** What a person does and sees. */
function latestDraws(page: Page) {
  const region = page.getByRole("region", { name: "Latest draws" });
  return {
    region,
    items: region.getByRole("listitem"),
    more: page.locator("#latest-more"), // its name changes while it loads
    keepOne: page.locator("#latest-keep"),
    status: region.getByRole("status"),
  };
}

const idOf = (number: number) => `01a21293-${number.toString(16).padStart(4, "0")}-7000-8000-000000000000`;
const draw = (number: number, message = `Hi, 'N${number}'. Your lucky numbers are:`) => ({
  id: idOf(number),
  message,
  numbers: [7, 8],
  drawnAt: "2026-11-25T12:00:00.000Z",
});

type Answer = { readonly status?: number; readonly body: unknown; readonly headers?: Record<string, string> };

/** A page whose API has these draws, and what is asked of it. `answer` may answer in its place. */
async function openWith(kept: number, { answer, options = {} }: WithOptions = {}) {
  const visit = await visits.open("/", options);
  const asked: { url: URL; method: string; key: string | undefined }[] = [];
  let added = 0;
  await visit.page.route(DRAWS, async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    const method = request.method();
    asked.push({ url, method, key: request.headers()["idempotency-key"] });
    const given = await answer?.(method, asked.length, url);
    const cursor = url.searchParams.get("cursor");
    const limit = Number(url.searchParams.get("limit"));
    const left = numbersFrom(kept).filter((number) => cursor === null || idOf(number) < cursor);
    const draws = left.slice(0, limit).map((number) => draw(number));
    const last = draws.at(-1)?.id;
    const page = { draws, ...(draws.length === limit && last && { cursor: last }) };
    const own: Answer =
      method === "POST" ? { status: 201, body: draw(kept + ++added) } : { status: 200, body: page };
    const { status = 200, body, headers } = given ?? own;
    await route.fulfill({
      status,
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: {
        "content-type": status < 400 ? "application/json" : "application/problem+json",
        ...(status === 201 && { location: "/draws/1" }),
        ...headers,
      },
    });
  });
  await visit.page.reload();
  return { ...visit, asked, ...latestDraws(visit.page) };
}
type WithOptions = {
  readonly answer?: (
    method: string,
    call: number,
    url: URL,
  ) => Answer | undefined | Promise<Answer | undefined>;
  readonly options?: Parameters<Visits["open"]>[1];
};
const numbersFrom = (last: number) => Array.from({ length: last }, (_, index) => last - index);
const numbersIn = (texts: readonly string[]) => texts.map((text) => Number(/N(\d+)/.exec(text)?.[1]));
const isFocused = (page: Page, selector: string) =>
  page.evaluate((selector) => document.activeElement?.matches(selector), selector);

describe("a draw that is kept", () => {
  test("is at the top of the list, and still there for who comes later", async () => {
    const { page, requests } = await visits.open();
    const { items, keepOne, status } = latestDraws(page);
    await drawForm(page).name.fill("Keeper");
    await drawForm(page).count.fill("3");
    await keepOne.click();
    await status.getByText(/^Kept\. Hi, 'KEEPER'\. Your lucky numbers are: \d+, \d+, \d+$/).waitFor();
    const numbers = /\d+, \d+, \d+/.exec((await status.textContent()) ?? "")?.[0] ?? "";
    expect(await items.first().textContent()).toContain(`Hi, 'KEEPER'. Your lucky numbers are: ${numbers}`);
    expect(requests.filter((request) => request === `POST ${visits.api.url}/draws`)).toHaveLength(1);
    expect(requests.join()).not.toContain("lucky_numbers");
    await page.reload();
    await items.first().getByText(numbers).waitFor();
    expect(await items.first().locator("time").getAttribute("datetime")).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test("is one, however fast somebody clicks", async () => {
    const { page, keepOne, items, asked } = await openWith(1);
    await keepOne.hover();
    for (const clickCount of [1, 2]) {
      await page.mouse.down({ clickCount });
      await page.mouse.up({ clickCount });
      await items.nth(1).waitFor(); // also where the answer comes between the two
      await vi.waitFor(async () => expect(await keepOne.getAttribute("aria-disabled")).toBeNull());
    }
    await keepOne.click();
    await items.nth(2).waitFor();
    const keys = asked.flatMap(({ key }) => key ?? []);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(2);
  });

  test("is one draw where the first answer was lost, and another for another wish", async () => {
    const { page, keepOne, status, items, asked } = await openWith(1, {
      answer: (method) => (method === "POST" && posts() <= 1 ? { body: "<p>Log in first" } : undefined),
    });
    function posts() {
      return asked.filter(({ method }) => method === "POST").length;
    }
    await keepOne.click();
    await status.getByText("That was no answer of this API. Press Keep again.").waitFor();
    await keepOne.click();
    await items.nth(1).waitFor();
    await drawForm(page).name.fill("Other");
    await keepOne.click();
    await items.nth(2).waitFor();
    const [first, again, other] = asked.flatMap(({ key }) => key ?? []);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test("needs correct fields, and says so beside them", async () => {
    const { page } = await visits.open();
    const { keepOne, status, items } = latestDraws(page);
    await drawForm(page).count.fill("ten");
    await keepOne.waitFor();
    const before = await items.count();
    await keepOne.click();
    await page.getByText("Give a whole number from 0 to 4294967295.", { exact: true }).waitFor();
    expect(await isFocused(page, "#count")).toBe(true);
    expect(await status.textContent()).toBe("Nothing is kept: correct what the form says above.");
    expect(await items.count()).toBe(before);
  });

  test("leaves Draw what it was", async () => {
    const { page, asked } = await openWith(1);
    await drawForm(page).count.press("Enter");
    await drawForm(page).balls.first().waitFor();
    expect(asked.map(({ method }) => method)).toEqual(["GET"]);
  });
});

describe("the list", () => {
  test("grows by a button, as far as there are draws, and each is there once", async () => {
    const { page, items, more, keepOne } = await openWith(12);
    await items.nth(4).waitFor();
    await keepOne.click();
    await items.nth(5).waitFor();
    await more.click();
    await items.nth(10).waitFor();
    await more.click();
    await items.nth(12).waitFor();
    expect(numbersIn(await items.allTextContents())).toEqual(numbersFrom(13));
    await vi.waitFor(async () => expect(await more.isVisible()).toBe(false));
    expect(await page.getByRole("button", { name: "More" }).count()).toBe(0);
  });

  test("needs no mouse: the focus goes to the first that is new", async () => {
    const { page, items, more } = await openWith(7);
    await items.nth(4).waitFor();
    await more.focus();
    await page.keyboard.press("Enter");
    await items.nth(6).waitFor();
    expect(await items.nth(5).evaluate((item) => item === document.activeElement)).toBe(true);
  });

  test("does not take the focus from who has gone on", async () => {
    const gate = Promise.withResolvers<undefined>();
    const { page, items, more } = await openWith(7, {
      answer: (_, call) => (call === 2 ? gate.promise : undefined),
    });
    await items.nth(4).waitFor();
    await more.click();
    await drawForm(page).name.focus();
    expect(await more.textContent()).toBe("Loading…");
    gate.resolve(undefined);
    await items.nth(6).waitFor();
    expect(await isFocused(page, "#name")).toBe(true);
  });

  test("says when it is empty", async () => {
    const { items, status, more, keepOne } = await openWith(0);
    await status.getByText("No draw is kept just now. Yours can be the first.").waitFor();
    expect([await items.count(), await more.isVisible()]).toEqual([0, false]);
    await keepOne.click();
    await items.first().waitFor();
  });

  test("is as long for who comes back, and up to date", async () => {
    const { page, items, more, asked } = await openWith(12);
    await items.nth(4).waitFor();
    await more.click();
    await items.nth(9).waitFor();
    await page.goto(`${visits.api.url}/reference/`);
    await page.goBack();
    await items.nth(9).waitFor();
    expect(asked.at(-1)?.url.searchParams.get("limit")).toBe("10");
    await page.goto(`${visits.api.url}/?again`);
    await items.nth(4).waitFor();
    expect(await items.count()).toBe(5);
  });

  test.each([1e9, -1, "7", null, 2.5])(
    "is asked for within its bounds, whatever was left: %j",
    async (latest) => {
      const { page, items, asked } = await openWith(5);
      await page.evaluate((latest) => history.replaceState({ name: "a", count: "2", latest }, ""), latest);
      await page.reload();
      await items.nth(4).waitFor();
      expect(asked.at(-1)?.url.searchParams.get("limit")).toBe(latest === 1e9 ? "100" : "5");
    },
  );

  test("moves nothing that stands there already", async () => {
    const gate = Promise.withResolvers<undefined>();
    const { page, items } = await openWith(5, { answer: () => gate.promise });
    const places = () =>
      page
        .locator("h1, #draw, .result, #contracts")
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().y));
    const before = await places();
    gate.resolve(undefined);
    await items.nth(4).waitFor();
    expect(await places()).toEqual(before);
  });
});

describe("an API", () => {
  test("of before has no such section, and all else works", async () => {
    const { page, region } = await openWith(0, {
      answer: () => ({ status: 404, body: { message: "Not Found" } }),
    });
    await drawForm(page).draw("Ada", "3");
    await drawForm(page).balls.nth(2).waitFor();
    expect(await region.count()).toBe(0);
  });

  test.each<[Answer, string]>([
    [{ status: 500, body: { message: "Internal Server Error" } }, "Internal Server Error. Press Try again."],
    [
      { status: 429, body: {}, headers: { "retry-after": "7200" } },
      "HTTP 429. Wait 2 hours, then press Try again.",
    ],
    [{ status: 403, body: { title: "Refused", detail: "Ask first." } }, "Refused. Ask first."],
    [{ body: "<p>Log in first" }, "That was no answer of this API. Press Try again."],
  ])("that fails is said in a sentence, and asked again by a button: %#", async (failure, words) => {
    let isFailing = true;
    const { page, items, more, status } = await openWith(3, {
      answer: () => (isFailing ? failure : undefined),
    });
    await status.getByText(/./).waitFor();
    expect(await status.textContent()).toContain(words.slice(words.indexOf(". ") + 2));
    expect(await status.textContent()).toMatch(/^.+\. .+\.$/);
    expect(await page.getByRole("alert").textContent()).toBe("");
    isFailing = false;
    await more.filter({ hasText: "Try again" }).click();
    await items.nth(2).waitFor();
    expect(await status.textContent()).toBe("");
  });

  test("that cannot be reached for more keeps what is shown", async () => {
    const { page, items, more, status } = await openWith(9);
    await items.nth(4).waitFor();
    await page.route(DRAWS, (route) => route.abort());
    await more.click();
    await status.getByText("The API cannot be reached. Press Try again.").waitFor();
    expect([await items.count(), await more.textContent()]).toEqual([5, "Try again"]);
    await page.unroute(DRAWS);
  });

  test.each([
    "{}",
    "null",
    '{"draws":"boo"}',
    '{"draws":[null]}',
    { draws: [{ ...draw(1), drawnAt: "yesterday" }] },
    { draws: [{ ...draw(1), numbers: [1, 99] }] },
    { draws: [{ ...draw(1), message: {} }] },
    { draws: [{ ...draw(1), id: "<b>" }] },
    { draws: [], cursor: {} },
  ])("whose answer the contract does not know is not understood: %#", async (body) => {
    const { items, status } = await openWith(0, { answer: () => ({ body }) });
    await status.getByText("This page does not understand the answer. Reload the page.").waitFor();
    expect(await items.count()).toBe(0);
  });

  test("whose draw is none keeps nothing in the list", async () => {
    const { items, status, keepOne } = await openWith(1, {
      answer: (method) => (method === "POST" ? { status: 201, body: "{}" } : undefined),
    });
    await keepOne.click();
    await status.getByText("This page does not understand the answer.").waitFor();
    expect(await items.count()).toBe(1);
  });

  test("that gives the same again and again has no more", async () => {
    const { items, more } = await openWith(0, {
      answer: () => ({ body: { draws: [draw(1)], cursor: idOf(1) } }),
    });
    await more.click();
    await vi.waitFor(async () => expect(await more.isVisible()).toBe(false));
    expect(await items.count()).toBe(1);
  });

  test("that gives more than it was asked for is not shown whole", async () => {
    const draws = numbersFrom(3_000).map((number) => draw(number, "x".repeat(5_000)));
    const { items } = await openWith(0, { answer: () => ({ body: { draws } }) });
    await items.first().waitFor();
    expect(await items.count()).toBe(5);
    expect((await items.first().textContent())?.length).toBeLessThan(1_200);
  });
});

describe("somebody else's name", () => {
  test.each([
    ["\u202eAda", "\\u202eAda"],
    ["\u2067Ada\u0007", "\\u2067Ada\\u0007"],
    ["<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
    ["דוד", "דוד"],
  ])("turns nothing around, and is text: %j", async (name, seen) => {
    const { items } = await openWith(0, { answer: () => ({ body: { draws: [draw(1, `${name} 1.`)] } }) });
    await items.first().waitFor();
    expect(await items.first().locator("bdi").textContent()).toBe(`${seen} 1.`);
    expect(await items.first().locator("b").textContent()).toBe("7, 8");
    expect(await items.locator("img").count()).toBe(0);
  });
});

describe("its look", () => {
  const longest = { draws: [draw(1, "W".repeat(999)), draw(2, "👩".repeat(400))] };
  const wide: WithOptions = {
    answer: (method) =>
      method === "POST" ? { status: 201, body: draw(3, "W".repeat(999)) } : { body: longest },
  };

  test("fits 320 px", async () => {
    const { page, items, keepOne } = await openWith(0, {
      ...wide,
      options: { viewport: { width: 320, height: 640 } },
    });
    await items.nth(1).waitFor();
    await keepOne.click();
    await items.nth(2).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  test.each(["light", "dark"] as const)("has no barriers in %s", async (colorScheme) => {
    const { page, items, keepOne } = await openWith(7, { options: { colorScheme, reducedMotion: "reduce" } });
    await items.nth(4).waitFor();
    await keepOne.click();
    await items.nth(5).waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  test("has outlines in forced colours, and is dark on paper", async () => {
    const { page, items } = await openWith(7, { options: { forcedColors: "active", colorScheme: "dark" } });
    await items.nth(4).waitFor();
    for (const selector of ["#latest-more", "#latest-keep", "#latest-list li"]) {
      const border = await page
        .locator(selector)
        .first()
        .evaluate((item) => getComputedStyle(item).borderTop);
      expect(border, selector).toMatch(/^[1-9]\S* solid/);
    }
    await page.emulateMedia({ media: "print", forcedColors: "none" });
    for (const part of ["bdi", "b", "time"]) {
      const colour = await items
        .first()
        .locator(part)
        .evaluate((text) => getComputedStyle(text).color);
      expect(Number(/rgb\((\d+)/.exec(colour)?.[1])).toBeLessThan(100);
    }
  });
});
