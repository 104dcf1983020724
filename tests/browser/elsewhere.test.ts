import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { drawForm } from "./draw-form.ts";
import { drawInReference, NUMBERS } from "./draw-in-reference.ts";
import { createVisits, type Visits } from "./visits.ts";

// As it is deployed: the pages on one host, the API on another.

let visits: Visits;
let pages: string;
let stop: () => Promise<unknown>;
beforeAll(async () => {
  visits = await createVisits();
  const program = fileURLToPath(new URL("../../toolkit/pages/src/serve.ts", import.meta.url));
  const child = spawn(process.execPath, [program, "0"], {
    cwd: fileURLToPath(new URL("../../packages/web", import.meta.url)),
    env: { ...process.env, VITE_API_URL: visits.api.origin },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  stop = () => {
    child.kill();
    return ended;
  };
  const [text] = await once(child.stdout.setEncoding("utf8"), "data");
  [pages = ""] = /http:\S+/.exec(String(text)) ?? [];
});
afterEach(() => visits.endAll());
afterAll(() => Promise.all([visits?.close(), stop?.()]));

test("the page calls an API on another host, and shows what that lets it read", async () => {
  const { page, requests } = await visits.open(pages);
  const { draw, balls } = drawForm(page);
  await draw("Ada", "3");
  await balls.nth(2).waitFor();
  expect(requests).toContain(`POST ${visits.api.origin}/lucky_numbers`);
  expect(await page.locator("#response").textContent()).toContain("apigw-requestid: ");
  expect(await page.locator("#curl").textContent()).toContain(`${visits.api.origin}/lucky_numbers`);
});

test("the reference reads and tries an API on another host", async () => {
  const { page } = await visits.open(`${pages}reference/`);
  expect(await drawInReference(page)).toEqual(NUMBERS);
});
