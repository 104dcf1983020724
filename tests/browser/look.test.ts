import { spawnSync } from "node:child_process";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { findBarriers } from "./accessibility.ts";
import { drawForm } from "./draw-form.ts";
import { createVisits, type Visits } from "./visits.ts";

let visits: Visits;
beforeAll(async () => {
  visits = await createVisits();
});
afterEach(() => visits.endAll());
afterAll(() => visits?.close());

const DRAW = "**/lucky_numbers";

/** All that a reader may come to see, each in the page that it is given. */
const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "before a draw": async () => {},
  "after a draw": async (page) => {
    const { draw, balls } = drawForm(page);
    await draw("W".repeat(256), "20");
    await balls.nth(19).waitFor();
  },
  "with both fields wrong": async (page) => {
    const { draw, name } = drawForm(page);
    await draw("W".repeat(257), "ten");
    await page.locator("#name[aria-invalid]").waitFor();
    await name.blur();
  },
  "with a fault of the API": async (page) => {
    await page.route(DRAW, (route) =>
      route.fulfill({ status: 500, body: '{"message":"Internal Server Error"}' }),
    );
    const { draw, alert } = drawForm(page);
    await draw("Ada", "2");
    await alert.getByText("fault of the API").waitFor();
  },
  "while it waits": async (page) => {
    await page.route(DRAW, () => {}); // never answered
    await drawForm(page).draw("Ada", "2");
    await page.getByRole("button", { name: "Stop waiting" }).waitFor();
  },
};
const states = Object.entries(STATES);

describe.each(["light", "dark"] as const)("in %s, axe finds nothing to mend", (colorScheme) => {
  test.each(states)("%s", async (_, reach) => {
    const { page } = await visits.open("/", { colorScheme, reducedMotion: "reduce" });
    await reach(page);
    expect(await findBarriers(page)).toEqual([]);
  });
});

describe("at 320 px nothing is cut off or to be scrolled sideways", () => {
  test.each(states)("%s", async (_, reach) => {
    const { page } = await visits.open("/", { viewport: { width: 320, height: 640 } });
    await reach(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

test("the colours are the reader's, dark or light", async () => {
  const colours = await Promise.all(
    (["light", "dark"] as const).map(async (colorScheme) => {
      const { page } = await visits.open("/", { colorScheme });
      return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    }),
  );
  expect(colours).toEqual(["rgb(247, 246, 239)", "rgb(15, 21, 18)"]);
});

test.each([
  ["no-preference", true],
  ["reduce", false],
] as const)("balls roll unless the reader wants less motion: %s", async (reducedMotion, isMoving) => {
  const { page } = await visits.open("/", { reducedMotion });
  const { draw, balls } = drawForm(page);
  await draw("Ada", "20");
  await balls.nth(19).waitFor({ state: "attached" });
  expect((await page.evaluate(() => document.getAnimations().length)) > 0).toBe(isMoving);
});

describe("in forced colours", () => {
  const borderOf = (page: Page, selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((item) => {
        const { borderTopColor, borderTopStyle, borderTopWidth } = getComputedStyle(item);
        return [borderTopStyle, Number.parseFloat(borderTopWidth) > 0, borderTopColor];
      });

  test.each(["light", "dark"] as const)(
    "buttons, fields and balls have an outline: %s",
    async (colorScheme) => {
      const { page } = await visits.open("/", { forcedColors: "active", colorScheme });
      const { draw, balls } = drawForm(page);
      await draw("Ada", "3");
      await balls.nth(2).waitFor();
      const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      for (const selector of ["#submit", "#name", ".ball", "button[data-copies]"]) {
        const [style, isThere, colour] = await borderOf(page, selector);
        expect([style, isThere], selector).toEqual(["solid", true]);
        expect(colour, selector).not.toBe(paper);
      }
    },
  );
});

describe("on paper", () => {
  test.each(["light", "dark"] as const)(
    "the text is dark, and nothing needs a background: %s",
    async (colorScheme) => {
      const { page } = await visits.open("/", { colorScheme });
      const { draw, balls } = drawForm(page);
      await draw("Ada", "3");
      await balls.nth(2).waitFor();
      await page.emulateMedia({ media: "print" });
      const look = await page.evaluate(() => {
        const styleOf = (selector: string) =>
          getComputedStyle(document.querySelector(selector) ?? document.body);
        return {
          texts: ["h1", ".lead", "pre", "#greeting", "label"].map((selector) => styleOf(selector).color),
          kept: ["#submit", ".ball"].map((selector) => styleOf(selector).printColorAdjust),
        };
      });
      for (const colour of look.texts) {
        const [, red = "255"] = /rgb\((\d+)/.exec(colour) ?? [];
        expect(Number(red), colour).toBeLessThan(100);
      }
      expect(look.kept).toEqual(["exact", "exact"]);
    },
  );

  test("so is the reference", async () => {
    const { page } = await visits.open("/reference/", { colorScheme: "dark" });
    await page.locator(".opblock-summary").first().waitFor();
    expect(await page.locator("html.dark-mode").count()).toBe(1);
    await page.emulateMedia({ media: "print" });
    await page.locator("html:not(.dark-mode)").waitFor({ state: "attached" });
  });
});

describe("a name in any script", () => {
  test.each([
    ["\u202eAda", "Hi, '\\u202eADA'. Your lucky numbers are:"],
    ["\u2067Ada\u0007", "Hi, '\\u2067ADA\\u0007'. Your lucky numbers are:"],
    ["דוד", "Hi, 'דוד'. Your lucky numbers are:"],
    ["👩‍👩‍👧", "Hi, '👩‍👩‍👧'. Your lucky numbers are:"],
  ])("turns nothing around: %j", async (given, greeted) => {
    const { page } = await visits.open("/", { permissions: ["clipboard-read", "clipboard-write"] });
    const { name, submit, balls, greeting } = drawForm(page);
    await name.evaluate((field, text) => {
      if (field instanceof HTMLInputElement) field.value = text;
    }, given);
    await submit.click();
    await balls.first().waitFor();
    expect(await greeting.textContent()).toBe(greeted);
    const shown = await page.locator("#announcement, pre").allTextContents();
    for (const text of shown) expect(text).not.toMatch(/[^\n\P{Cc}]|[\u202e\u2067]/u);

    await page.getByRole("button", { name: "Copy the curl command" }).click();
    const copied = await vi.waitUntil(() => page.evaluate(() => navigator.clipboard.readText()));
    const { stdout } = spawnSync("sh", ["-c", `${copied} --silent`], { encoding: "utf8" });
    expect(JSON.parse(stdout)).toMatchObject({
      message: `Hi, '${given.toUpperCase()}'. Your lucky numbers are:`,
    });
  });

  test("as long as can be fits 320 px", async () => {
    const { page } = await visits.open("/", { viewport: { width: 320, height: 640 } });
    const { draw, balls } = drawForm(page);
    for (const character of ["👩", "ﷺ", "ש", "W"]) {
      await draw(character.repeat(256), "2");
      await page.locator("#greeting", { hasText: character.repeat(256) }).waitFor();
      await balls.nth(1).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    }
    await draw("👩".repeat(1_000), "2");
    await page.locator("#name[aria-invalid]").waitFor();
  });
});
