import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
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
