import { fileURLToPath } from "node:url";
import { type ServedSite, serveSite } from "@lucky/pages/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { drawForm } from "./draw-form.ts";
import { drawInReference, NUMBERS } from "./draw-in-reference.ts";
import { createVisits, type Visits } from "./visits.ts";

// As it is deployed: the pages on one host, the API on another.

let visits: Visits;
let site: ServedSite;
beforeAll(async () => {
  visits = await createVisits();
  site = await serveSite(fileURLToPath(new URL("../../packages/web", import.meta.url)), visits.api.url);
});
afterEach(() => visits.endAll());
afterAll(() => Promise.all([visits?.close(), site?.stop()]));

test("the page calls an API on another host, and shows what that lets it read", async () => {
  const { page, requests } = await visits.open(site.url);
  const { draw, balls } = drawForm(page);
  await draw("Ada", "3");
  await balls.nth(2).waitFor();
  expect(requests).toContain(`POST ${visits.api.url}/lucky_numbers`);
  expect(await page.locator("#response").textContent()).toContain("apigw-requestid: ");
  expect(await page.locator("#curl").textContent()).toContain(`${visits.api.url}/lucky_numbers`);
});

test("the reference reads and tries an API on another host", async () => {
  const { page } = await visits.open(`${site.url}reference/`);
  expect(await drawInReference(page)).toEqual(NUMBERS);
});
