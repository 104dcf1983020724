import { startServer, stopServer } from "@lucky/local/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { drawForm, drawsIn } from "./draw-form.ts";
import { createVisits, type Visits } from "./visits.ts";

let visits: Visits;
beforeAll(async () => {
  visits = await createVisits();
});
afterEach(() => visits.endAll());
afterAll(() => visits?.close());

const DRAW = "**/lucky_numbers";

describe("what is no fault of a field", () => {
  // The API on this machine has no fault to show, so Playwright answers in its place, as API Gateway or the API would.
  test.each([
    [
      429,
      '{"message":"Too Many Requests"}',
      "Too Many Requests. Too much is asked of the API just now. Wait a moment,",
    ],
    [503, '{"message":"Service Unavailable"}', "Service Unavailable. Too much is asked of the API just now."],
    [
      500,
      '{"message":"Internal Server Error"}',
      "Internal Server Error. That is a fault of the API, not yours.",
    ],
    [
      415,
      '{"type":"urn:problem:unsupported-media-type","title":"The content type is not supported","status":415,"detail":"Send JSON."}',
      "The content type is not supported. Send JSON.",
    ],
    [
      422,
      '{"type":"urn:problem:invalid-request","title":"The request breaks the contract","status":422,"detail":"Correct it.",' +
        '"errors":[{"in":"header","pointer":"#/x-key","detail":"This field is required."}]}',
      "The request breaks the contract. Correct it. #/x-key: This field is required.",
    ],
    [200, "<p>Log in first</p>", "That was no answer of this API."],
  ])("is told in one place, with what to do: a %i", async (status, body, words) => {
    const { page } = await visits.open();
    await page.route(DRAW, (route) =>
      route.fulfill({
        status,
        body,
        contentType: body.includes("urn:problem:") ? "application/problem+json" : "application/json",
        headers: { "apigw-requestid": "r1" },
      }),
    );
    const { draw, alert, name, count, greeting } = drawForm(page);
    await draw("Ada", "5");
    await alert.getByText(words.split(". ")[0] ?? "").waitFor();
    expect((await alert.locator("p, li").allTextContents()).join(" ")).toContain(words);
    expect([await name.inputValue(), await count.inputValue()]).toEqual(["Ada", "5"]);
    expect(await greeting.textContent()).toBe("No numbers this time.");
    expect(await page.locator("#response").textContent()).toContain(body);
    await page.unroute(DRAW);
    await draw("Ada", "5");
    await drawForm(page).balls.nth(4).waitFor();
    expect(await alert.textContent()).toBe("");
  });

  test("is tried again first, and the page says how often", async () => {
    const { page, requests } = await visits.open();
    await page.route(DRAW, (route) =>
      route.fulfill({ status: 503, body: "{}", headers: { "retry-after": "0" } }),
    );
    const { draw, alert } = drawForm(page);
    await draw("Ada", "5");
    await alert.getByText("Wait a moment").waitFor();
    expect(drawsIn(requests)).toBe(3);
    expect(await page.locator("#response").textContent()).toContain("3 attempts");
  });
});

describe("an API that is down", () => {
  test("is told, the form stays, and a press on Draw works once it is up again", async () => {
    const api = await startServer([], { cwd: import.meta.dirname });
    const { page, requests } = await visits.open(`${api.url}/`);
    const { draw, submit, alert, name, count, balls } = drawForm(page);
    await stopServer(api);
    await draw("Ada", "5");
    await alert.getByText("The API cannot be reached.").waitFor();
    expect([await name.inputValue(), await count.inputValue()]).toEqual(["Ada", "5"]);
    expect(await page.locator("#response").textContent()).toBe("No response to 3 attempts.");

    const again = await startServer(["--port", new URL(api.url).port], { cwd: import.meta.dirname });
    await submit.click();
    await balls.nth(4).waitFor();
    expect(await alert.textContent()).toBe("");
    await stopServer(again);
    expect(drawsIn(requests)).toBe(4);
  });
});

describe("a slow API", () => {
  async function openSlow() {
    const visit = await visits.open();
    const gate = Promise.withResolvers<void>();
    await visit.page.route(DRAW, async (route) => {
      await gate.promise;
      await route.continue().catch(() => {}); // the page may have stopped waiting
    });
    return { ...visit, release: gate.resolve };
  }

  test("can be waited for, and nothing is sent twice meanwhile", async () => {
    const { page, requests, release } = await openSlow();
    const { draw, submit, count, balls, greeting } = drawForm(page);
    await draw("Ada", "5");
    expect(await submit.textContent()).toBe("Drawing…");
    expect(await greeting.textContent()).toBe("The drum is turning…"); // at once: it has said to press Draw
    await page.getByRole("status").getByText("Still drawing").waitFor();
    await submit.click({ force: true }); // which Playwright would not, as it says that it is busy
    await count.press("Enter");
    release();
    await balls.nth(4).waitFor();
    expect(drawsIn(requests)).toBe(1);
    expect(await submit.textContent()).toBe("Draw");
    expect(await page.getByText("Still drawing").count()).toBe(0);
  });

  test("is not asked for while the page still says to press Draw", async () => {
    const { page, release } = await openSlow();
    const { draw, submit, alert, greeting, balls } = drawForm(page);
    await draw("Ada", "5");
    await page.getByRole("button", { name: "Stop waiting" }).click();
    await alert.getByText("press Draw again").waitFor();
    await submit.click();
    expect(await alert.textContent()).toBe("");
    expect(await greeting.textContent()).toBe("The drum is turning…");
    release();
    await balls.nth(4).waitFor();
  });

  test("need not be waited for", async () => {
    const { page, release } = await openSlow();
    const { draw, submit, alert, balls } = drawForm(page);
    await draw("Ada", "5");
    await page.getByRole("button", { name: "Stop waiting" }).click();
    await alert.getByText("You stopped waiting.").waitFor();
    expect(await submit.evaluate((button) => button === document.activeElement)).toBe(true);
    release();
    await submit.click();
    await balls.nth(4).waitFor();
  });
});
