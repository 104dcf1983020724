import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildInMemory } from "@lucky/pages/build-in-memory";
import { describe, expect, test } from "vitest";

const { files } = await buildInMemory(
  "https://api.example.com/prod",
  fileURLToPath(new URL("pages", import.meta.url)),
);
const pages = [...files.keys()].filter((name) => name.endsWith(".html"));
const htmlOf = (page: string) => files.get(page)?.toString() ?? "";
const loadedBy = (page: string) =>
  [...htmlOf(page).matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, name = ""]) => name);

test("there is a page at the root, one for what is not found, and a reference", () => {
  expect(pages).toEqual(expect.arrayContaining(["index.html", "404.html", "reference/index.html"]));
});

describe.each(pages)("each page, here %s,", (page) => {
  test("has nothing inline, which its policy would block", () => {
    expect(htmlOf(page)).toMatch(/<head>\s*<meta http-equiv="content-security-policy"/);
    expect(htmlOf(page)).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=/);
  });

  test("loads files that there are", () => {
    const links = [...htmlOf(page).matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, name]) => name);
    expect([...files.keys()]).toEqual(expect.arrayContaining(links));
  });
});

test.each(pages)(
  "each page, here %s, shows what it has after less than 30 KB of scripts and styles, gzipped",
  (page) => {
    const loaded = loadedBy(page);
    expect(loaded.length).toBeGreaterThanOrEqual(htmlOf(page).match(/<script/g)?.length ?? 0);
    const sizes = loaded.map((name) => gzipSync(files.get(name) ?? "").length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(30 * 1024);
  },
);
