import { type RunningServer, startServer, stopServer } from "@lucky/local/testing";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { launchChromium } from "./chromium.ts";

/** The API and its pages on this machine, and readers who open them. */
export type Visits = {
  readonly api: RunningServer;
  /** The address is of this API unless told in full. */
  open(address?: string, options?: BrowserContextOptions): Promise<Visit>;
  /** Closes what is open, and fails if a page has complained or asked another host. For afterEach. */
  endAll(): Promise<void>;
  close(): Promise<void>;
};

export type Visit = {
  readonly page: Page;
  /** Method and URL of whatever the page has asked for. */
  readonly requests: readonly string[];
  /** What the page has written as an error or a warning, such as a break of its policy; take out what is expected. */
  readonly complaints: string[];
};

/** A browser says so of every status from 400 on, and of a server that is down; the page tells it in its own words. */
const EXPECTED = /^Failed to load resource/;

/** `words`: more options of `pnpm start`. */
export async function createVisits(words: readonly string[] = []): Promise<Visits> {
  const browser = await launchChromium();
  const api = await startServer(words, { cwd: import.meta.dirname }).catch(async (error) => {
    await browser.close();
    throw error;
  });
  api.child.stderr.resume(); // a line for each request, which nobody reads
  let visits: [Visit, string][] = [];
  return {
    api,
    async open(address = "/", options = {}) {
      const url = new URL(address, api.url);
      const visit = await openPage(browser, options);
      visits.push([visit, url.origin]);
      await visit.page.goto(url.href);
      return visit;
    },
    async endAll() {
      const ended = visits;
      visits = [];
      for (const [{ page, requests, complaints }, origin] of ended) {
        await page.context().close();
        expect(complaints).toEqual([]);
        const others = requests.filter(
          (request) => !request.includes(` ${origin}/`) && !request.includes(` ${api.url}/`),
        );
        expect(others).toEqual([]);
      }
    },
    async close() {
      await Promise.all([browser.close(), stopServer(api)]);
    },
  };
}

async function openPage(browser: Browser, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) requests.push(`${request.method()} ${request.url()}`);
  });
  page.on("console", (message) => {
    const isComplaint = ["error", "warning"].includes(message.type()) && !EXPECTED.test(message.text());
    if (isComplaint) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, requests, complaints };
}
