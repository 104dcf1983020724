import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixture } from "@lucky/fixture";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSite, type Site } from "./site.ts";

describe("the site", () => {
  const site = createSite("", join(fixture, "packages/web/pages"));
  const get = (path: string) => site.respond("GET", path);

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
    expect(await site.respond(method, path)).toBeUndefined();
  });

  test("answers HEAD as GET", async () => {
    expect((await site.respond("HEAD", "/"))?.headers).toEqual((await get("/"))?.headers);
  });
});

describe("an edit of a page", () => {
  const folder = mkdtempSync(join(tmpdir(), "lucky-web-"));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  let site: Site;
  const bodyOf = async (path: string) => (await site.respond("GET", path))?.body.toString() ?? "";
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
    const response = await site.respond("GET", "/");
    expect(response).toMatchObject({ status: 500, failure: expect.stringContaining("word.ts") });
    expect(response?.body.toString()).toContain("const a = &lt;b>;");
    write("word.ts", 'document.title = "mended";');
    expect(await script()).toContain("mended");
  });
});
