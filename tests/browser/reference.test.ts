import { api } from "@acme/contracts";
import type { Contract } from "@lucky/gateway/contract";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { findBarriers } from "./accessibility.ts";
import { drawInReference, NUMBERS } from "./draw-in-reference.ts";
import { createVisits, type Visits } from "./visits.ts";

let visits: Visits;
beforeAll(async () => {
  visits = await createVisits();
});
afterEach(() => visits.endAll());
afterAll(() => visits?.close());

const contracts: Contract[] = Object.values(api);

/** Swagger UI 5.35 goes from the title (h1) to the parts of an operation (h4). */
const OF_THE_LIBRARY = ["heading-order"];

describe("the reference", () => {
  test("has every contract", async () => {
    const { page } = await visits.open("/reference/");
    const summaries = page.locator(".opblock-summary");
    await summaries.nth(contracts.length - 1).waitFor();
    expect(await summaries.count()).toBe(contracts.length);
    const texts = (await summaries.allTextContents()).map((text) => text.replaceAll("\u200b", "")); // where a path may break
    for (const { method, path, summary } of contracts) {
      const whole = `${method}${path.replaceAll("+}", "}")}${summary}`; // in the order of their tags
      expect(texts).toContainEqual(expect.stringContaining(whole));
    }
  });

  test("tries the API out", async () => {
    const { page } = await visits.open("/reference/");
    expect(await drawInReference(page)).toEqual(NUMBERS);
  });

  test.each(["light", "dark"] as const)(
    "is free of barriers in %s, but for the library's own",
    async (colorScheme) => {
      const { page } = await visits.open("/reference/", { colorScheme, reducedMotion: "reduce" });
      await drawInReference(page);
      expect(await findBarriers(page, OF_THE_LIBRARY)).toEqual([]);
    },
  );

  test("fits 320 px", async () => {
    const { page } = await visits.open("/reference/", { viewport: { width: 320, height: 640 } });
    await drawInReference(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

describe("while its library is on the way", () => {
  const LIBRARY = /\/assets\/swagger-ui-/;

  test("the page says what it loads, and is free of barriers", async () => {
    const { page } = await visits.open();
    const gate = Promise.withResolvers<void>();
    await page.route(LIBRARY, async (route) => {
      await gate.promise;
      await route.continue();
    });
    await page.goto(`${visits.api.url}/reference/`, { waitUntil: "commit" });
    await page.getByText("Loading every endpoint.").waitFor();
    expect(await page.getByRole("heading", { name: "API reference" }).isVisible()).toBe(true);
    expect(await findBarriers(page)).toEqual([]);
    gate.resolve();
    await page.locator(".opblock-summary").first().waitFor();
    expect(await page.getByText("Loading every endpoint.").count()).toBe(0);
  });

  test.each(["js", "css"])(
    "and never comes, the page says so, and where the document is: %s",
    async (kind) => {
      const { page, complaints } = await visits.open();
      await page.route(LIBRARY, (route) =>
        route.request().url().endsWith(kind) ? route.abort() : route.continue(),
      );
      await page.goto(`${visits.api.url}/reference/`);
      const alert = page.getByRole("alert");
      await alert.getByText("The reference cannot be loaded.").waitFor();
      const address = await alert.getByRole("link").getAttribute("href");
      expect((await page.request.get(address ?? "")).ok()).toBe(true);
      complaints.splice(0); // whatever the browser says of a file that has not come
    },
  );
});

test("an address that nothing has leads to the page for that, and to scripts the API's own 404", async () => {
  const { page } = await visits.open("/nowhere/at/all?x=1");
  expect(await page.getByRole("heading").textContent()).toBe("No luck: there is nothing here");
  expect(await page.evaluate(async () => (await fetch("/nowhere")).json())).toEqual({ message: "Not Found" });
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("link", { name: "Draw your lucky numbers" }).click();
  await page.getByRole("button", { name: "Draw" }).waitFor();
});

test("behind a stage, page and reference call the API there", async () => {
  const staged = await createVisits(["--stage", "prod"]);
  const { page, requests } = await staged.open();
  await page.locator("button[type=submit]").click();
  await page.getByRole("listitem").filter({ hasText: /^\d+$/ }).first().waitFor();
  expect(requests).toContain(`POST ${staged.api.url}/prod/lucky_numbers`);
  await page.goto(`${staged.api.url}/reference/`);
  expect(await drawInReference(page)).toEqual(NUMBERS);
  await staged.endAll();
  await staged.close();
});
