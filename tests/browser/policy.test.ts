import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createVisits, type Visits } from "./visits.ts";

let visits: Visits;
beforeAll(async () => {
  visits = await createVisits();
});
afterEach(() => visits.endAll()); // which also holds each page to its own host
afterAll(() => visits?.close());

describe.each(["/", "/reference/"])("the policy of %s", (path) => {
  test("stops a script that somebody has got into the page", async () => {
    const { page, complaints } = await visits.open(path);
    const hasRun = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'taken over'";
      document.head.append(script);
      return document.title === "taken over";
    });
    expect(hasRun).toBe(false);
    expect(complaints.splice(0)).toEqual([expect.stringContaining("script-src 'self'")]);
  });

  test("stops inline styles, frames, and calls of other hosts", async () => {
    const { page, complaints } = await visits.open(path);
    await page.evaluate(async () => {
      const style = document.createElement("style");
      style.textContent = "body { display: none }";
      const frame = document.createElement("iframe");
      frame.src = "https://example.com/";
      document.body.append(style, frame);
      await fetch("https://example.com/").catch(() => {});
    });
    await vi.waitFor(() => expect(complaints).toHaveLength(4)); // of the fetch there are two
    const text = complaints.splice(0).join();
    for (const words of [
      "inline style",
      "Framing 'https://example.com/'",
      "Connecting to 'https://example.com/'",
    ]) {
      expect(text).toContain(words);
    }
  });
});
