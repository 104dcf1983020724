import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { type BuiltSite, buildInMemory } from "./build-in-memory.ts";

const PAGES = ["index.html", "reference/index.html", "404.html"];

let built: BuiltSite;
beforeAll(async () => {
  built = await buildInMemory("https://api.example.com/prod");
});
const htmlOf = (page: string, { files } = built) => files.get(page)?.toString() ?? "";
const policyOf = (html: string) =>
  /http-equiv="content-security-policy" content="([^"]+)"/.exec(html)?.[1]?.replaceAll("&#39;", "'");

describe("the page", () => {
  test("loads less than 30 KB of JavaScript, gzipped", () => {
    const scripts = [...htmlOf("index.html").matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)];
    expect(scripts.length).toBeGreaterThan(0);
    const sizes = scripts.map(([, name = ""]) => gzipSync(built.files.get(name) ?? "").length);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(30 * 1024);
  });
});

describe("the policy", () => {
  test.each(PAGES)("of %s lets in its own files and the API's host, and nothing else", (page) => {
    const images = page === "reference/index.html" ? "'self' data:" : "'self'";
    expect(policyOf(htmlOf(page))).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src ${images}; ` +
        "connect-src 'self' https://api.example.com; base-uri 'none'; form-action 'none'",
    );
  });

  test("is the first thing in the head, and nothing is inline that it would block", () => {
    for (const page of PAGES) {
      expect(htmlOf(page)).toMatch(/<head>\s*<meta http-equiv="content-security-policy"/);
      expect(htmlOf(page)).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=/);
    }
  });

  test.each(["", "/prod"])("names no other host for an API on the page's own, at %j", async (apiUrl) => {
    expect(policyOf(htmlOf("index.html", await buildInMemory(apiUrl)))).toContain("connect-src 'self';");
  });
});

describe("the build command", () => {
  const run = (environment: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, [fileURLToPath(new URL("build.ts", import.meta.url))], {
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });

  test("builds without a word", () => {
    const { status, stdout, stderr } = run({ VITE_API_URL: "https://api.example.com/" });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
    for (const page of PAGES) {
      expect(existsSync(new URL(`../dist/${page}`, import.meta.url)), page).toBe(true);
    }
  });

  test.each(["", "api.example.com", "/prod", "ftp://api.example.com"])("refuses the address %j", (url) => {
    const { status, stderr } = run({ VITE_API_URL: url });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `Set VITE_API_URL to where the API is, such as https://api.example.com, not "${url}".\n`,
    });
  });
});
