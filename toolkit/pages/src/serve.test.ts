import { join } from "node:path";
import { fixture } from "@lucky/fixture";
import { expect, onTestFinished, test } from "vitest";
import { serveSite } from "./testing.ts";

test("the site alone is served for an API elsewhere", async () => {
  const { url, stop } = await serveSite(join(fixture, "packages/web"), "https://api.example.com");
  onTestFinished(stop);
  expect(await (await fetch(url)).text()).toContain("https://api.example.com");
  expect((await fetch(`${url}notes`)).status).toBe(404);
});
