import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fixture } from "@lucky/fixture";
import { expect, onTestFinished, test } from "vitest";
import { serveSite } from "./testing.ts";

test("the site alone is served for an API elsewhere", async () => {
  const { url, stop } = await serveSite(join(fixture, "packages/web"), "https://api.example.com");
  onTestFinished(stop);
  expect(await (await fetch(url)).text()).toContain("https://api.example.com");
  expect((await fetch(`${url}notes`)).status).toBe(404);
  for (const [host, status] of [["localhost", 200] as const, ["evil.example", 403] as const]) {
    const [response]: IncomingMessage[] = await once(get(url, { headers: { host } }), "response");
    response?.resume();
    expect(response?.statusCode, host).toBe(status);
  }
  const [lost]: IncomingMessage[] = await once(
    get(`${url}notes`, { headers: { accept: "text/html" } }),
    "response",
  );
  expect([lost?.statusCode, lost && (await text(lost))]).toEqual([404, expect.stringContaining("Not here")]);
});
