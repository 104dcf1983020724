import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixture } from "@lucky/fixture";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSite, type Site } from "./site.ts";

describe("the site", () => {
  const site = createSite("", join(fixture, "packages/web/pages"));
  const get = (path: string) => site.respond({ method: "GET", path, headers: {} });

  test.each(["/", "/manual/", "/manual"])("has the page %s, which is asked for each time", async (path) => {
    expect(await get(path)).toMatchObject({
      status: 200,
      headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" },
    });
  });

  test("has whatever its pages load, for ever", async () => {
    for (const page of ["/", "/manual/"]) {
      const links = (await get(page))?.body.toString().match(/(?<=(?:href|src)=")\/assets\/[^"]+/g) ?? [];
      expect(links.map((link) => link.split(".").at(-1))).toEqual(
        expect.arrayContaining(["js", "css", "svg"]),
      );
      for (const link of links) {
        expect((await get(link))?.headers["cache-control"], link).toBe("public, max-age=31536000, immutable");
      }
    }
  });

  test("lets no other page frame it, and no browser guess a type", async () => {
    expect((await get("/"))?.headers).toMatchObject({
      "content-security-policy": "frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
    });
  });

  test.each([
    ["POST", "/"],
    ["OPTIONS", "/"],
    ["GET", "/index.html"],
    ["GET", "/404.html"],
    ["GET", "/nowhere"],
    ["GET", "/assets/nowhere.js"],
    ["GET", "/assets/../index.html"],
    ["GET", "/notes"],
    ["GET", "/page.ts"],
    ["GET", "/../pages/"],
  ])("has nothing to say to %s %s", async (method, path) => {
    expect(await site.respond({ method, path, headers: {} })).toBeUndefined();
  });

  test("answers HEAD as GET", async () => {
    expect((await site.respond({ method: "HEAD", path: "/", headers: {} }))?.headers).toEqual(
      (await get("/"))?.headers,
    );
  });
});

describe("a path that nothing has", () => {
  const pages = join(fixture, "packages/web/pages");
  const site = createSite("", pages);
  const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  test.each([
    ["GET", { accept: BROWSER }],
    ["HEAD", { accept: BROWSER }],
    ["GET", { accept: BROWSER, "sec-fetch-mode": "navigate" }],
    ["GET", { accept: "application/xml, TEXT/HTML;q=0.5" }],
  ])("has a page for a browser that goes there: %s %j", async (method, headers) => {
    const response = await site.respondNotFound({ method, path: "/nowhere/at/all", headers });
    expect(response).toMatchObject({
      status: 404,
      headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" },
    });
    expect(response?.body.toString()).toContain("Not here");
  });

  test("is never a page that one has already", async () => {
    const headers = { accept: BROWSER, "if-none-match": "*" };
    expect((await site.respondNotFound({ method: "GET", path: "/nowhere", headers }))?.status).toBe(404);
  });

  test.each<[string, Record<string, string>]>([
    ["GET", {}],
    ["GET", { accept: "*/*" }],
    ["GET", { accept: "application/json" }],
    ["GET", { accept: "text/htmlx" }],
    ["GET", { accept: BROWSER, "sec-fetch-mode": "cors" }],
    ["POST", { accept: BROWSER, "sec-fetch-mode": "navigate" }],
  ])("has none for a script or curl: %s %j", async (method, headers) => {
    expect(await site.respondNotFound({ method, path: "/nowhere", headers })).toBeUndefined();
  });

  test("has none where the site has no such page", async () => {
    const other = createSite("", join(pages, "manual"));
    const request = { method: "GET", path: "/nowhere", headers: { accept: BROWSER } };
    expect(await other.respondNotFound(request)).toBeUndefined();
  });
});

describe("an edit of a page", () => {
  const folder = mkdtempSync(join(tmpdir(), "lucky-web-"));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  let site: Site;
  const bodyOf = async (path: string) =>
    (await site.respond({ method: "GET", path, headers: {} }))?.body.toString() ?? "";
  beforeAll(() => {
    mkdirSync(join(folder, "manual"));
    write("index.html", '<script type="module" src="./word.ts"></script>');
    for (const name of ["404.html", "manual/index.html"]) write(name, "<p>other</p>");
    write("word.ts", 'document.title = "one";');
    site = createSite("", folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const script = async () => {
    const [path = ""] = /\/assets\/[^"]+\.js/.exec(await bodyOf("/")) ?? [];
    return bodyOf(path);
  };

  test("is there with the next request", async () => {
    expect(await script()).toContain("one");
    write("word.ts", 'document.title = "two";');
    expect(await script()).toContain("two");
    write("index.html", "<p>no script</p>");
    expect(await bodyOf("/")).toContain("no script");
  });

  test("that does not compile is told to the reader and to the author, until it is mended", async () => {
    write("index.html", '<script type="module" src="./word.ts"></script>');
    write("word.ts", "const a = <b>;");
    const response = await site.respond({ method: "GET", path: "/", headers: {} });
    expect(response).toMatchObject({ status: 500, failure: expect.stringContaining("word.ts") });
    expect(response?.body.toString()).toContain("const a = &lt;b>;");
    write("word.ts", 'document.title = "mended";');
    expect(await script()).toContain("mended");
  });
});
