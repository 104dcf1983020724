import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { drawForm } from "./draw-form.ts";
import { createVisits, type Visits } from "./visits.ts";

let visits: Visits;
beforeAll(async () => {
  visits = await createVisits();
});
afterEach(() => visits.endAll());
afterAll(() => visits?.close());

test("whoever comes back finds the form and the draw", async () => {
  const { page, requests } = await visits.open();
  const { draw, name, count, balls, greeting } = drawForm(page);
  await draw("Ada", "7");
  await balls.nth(6).waitFor();
  const numbers = await balls.allTextContents();
  const panels = await page.locator("pre").allTextContents();
  await name.fill("Grace");
  await page.goto(`${visits.api.url}/reference/`);
  const before = requests.length;
  await page.goBack();
  await balls.nth(6).waitFor();
  expect([await name.inputValue(), await count.inputValue()]).toEqual(["Grace", "7"]);
  expect(await balls.allTextContents()).toEqual(numbers);
  expect(await greeting.textContent()).toBe("Hi, 'ADA'. Your lucky numbers are:");
  expect(await page.locator("pre").allTextContents()).toEqual(panels);
  expect(requests.slice(before).filter((request) => request.startsWith("POST"))).toEqual([]);
});

test("a visit of its own begins with the example", async () => {
  const { page } = await visits.open();
  const { draw, name, balls } = drawForm(page);
  await draw("Ada", "3");
  await balls.nth(2).waitFor();
  await page.goto(`${visits.api.url}/?again`);
  expect(await name.inputValue()).toBe("SilentByte");
  expect(await balls.count()).toBe(0);
});

test("a draw that failed since is not shown again", async () => {
  const { page } = await visits.open();
  const { draw, count, balls } = drawForm(page);
  await draw("Ada", "3");
  await balls.nth(2).waitFor();
  await draw("Ada", "ten");
  await page.locator("#count[aria-invalid]").waitFor();
  await page.reload();
  expect(await count.inputValue()).toBe("ten");
  expect(await balls.count()).toBe(0);
});

test.each([
  null,
  "x",
  { name: 1, count: "2" },
  { name: "Ada", count: "2", draw: null },
  { name: "Ada", count: "2", draw: { outcome: { message: "m", numbers: "boo" }, exchange: 7 } },
])("what another version has left harms nothing: %j", async (state) => {
  const { page } = await visits.open();
  await page.evaluate((state) => history.replaceState(state, ""), state);
  await page.reload();
  const { draw, balls } = drawForm(page);
  await draw("Ada", "2");
  await balls.nth(1).waitFor();
});
