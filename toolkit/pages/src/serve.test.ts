import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import { fixture } from "@lucky/fixture";
import { expect, onTestFinished, test } from "vitest";
import { serveSite } from "./testing.ts";

/** Of the page, asked for by another name, as a page that has led it here would (DNS rebinding). */
async function statusFor(url: string, host: string): Promise<number | undefined> {
  const [response] = await once(request(url, { headers: { host } }).end(), "response");
  response.resume();
  return response.statusCode;
}

test("the site alone is served for an API elsewhere", async () => {
  const { url, stop } = await serveSite(join(fixture, "packages/web"), "https://api.example.com");
  onTestFinished(stop);
  expect(await (await fetch(url)).text()).toContain("https://api.example.com");
  expect((await fetch(`${url}notes`)).status).toBe(404);
  expect(await statusFor(url, "localhost")).toBe(200);
  expect(await statusFor(url, "evil.example")).toBe(403);
});
