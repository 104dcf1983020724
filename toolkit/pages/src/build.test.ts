import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "@lucky/command/child-process";
import { fixture } from "@lucky/fixture";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuiltSite, buildInMemory } from "./build-in-memory.ts";

const FOLDER = join(fixture, "packages/web/pages");
const PAGES = ["404.html", "index.html", "manual/index.html"];

let built: BuiltSite;
beforeAll(async () => {
  built = await buildInMemory("https://api.example.com/prod", FOLDER);
});
const htmlOf = (page: string, { files } = built) => files.get(page)?.toString() ?? "";
const policyOf = (html: string) =>
  /http-equiv="content-security-policy" content="([^"]+)"/.exec(html)?.[1]?.replaceAll("&#39;", "'");

describe("the site", () => {
  test("has a page for each HTML file in the folder, and no other", () => {
    expect([...built.files.keys()].filter((name) => name.endsWith(".html")).sort()).toEqual(PAGES);
  });

  test("has a hash in the name of every other file", () => {
    const others = [...built.files.keys()].filter((name) => !name.endsWith(".html"));
    expect(others.map((name) => name.split(".").at(-1)).sort()).toEqual(["css", "js", "svg"]);
    for (const name of others) expect(name).toMatch(/^assets\/[\w.]+-[\w-]{8}\.\w+$/);
  });

  test("knows where the API is", () => {
    const scripts = [...built.files].filter(([name]) => name.endsWith(".js"));
    expect(scripts.map(([, script]) => script.toString()).join()).toContain("https://api.example.com/prod");
  });
});

describe("the policy", () => {
  test.each(PAGES)("of %s lets in its own files and the API's host, and nothing else", (page) => {
    const images = page === "manual/index.html" ? "'self' data:" : "'self'";
    expect(policyOf(htmlOf(page))).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src ${images}; ` +
        "connect-src 'self' https://api.example.com; base-uri 'none'; form-action 'none'",
    );
  });

  test.each(PAGES)(
    "is the first thing in the head of %s, and nothing is inline that it would block",
    (page) => {
      expect(htmlOf(page)).toMatch(/<head>\s*<meta http-equiv="content-security-policy"/);
      expect(htmlOf(page)).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=/);
    },
  );

  test.each(["", "/prod"])("names no other host for an API on the page's own, at %j", async (apiUrl) => {
    expect(policyOf(htmlOf("index.html", await buildInMemory(apiUrl, FOLDER)))).toContain(
      "connect-src 'self';",
    );
  });
});

describe("the build command", () => {
  const cwd = mkdtempSync(join(tmpdir(), "lucky-pages-"));
  cpSync(FOLDER, join(cwd, "pages"), { recursive: true });
  afterAll(() => rmSync(cwd, { recursive: true }));
  const build = (environment: NodeJS.ProcessEnv) =>
    run(process.execPath, [fileURLToPath(new URL("build.ts", import.meta.url))], {
      cwd,
      env: { ...process.env, ...environment },
    });

  test("builds ./pages into ./dist without a word", async () => {
    expect(await build({ VITE_API_URL: "https://api.example.com/" })).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "",
    });
    for (const page of PAGES) expect(existsSync(join(cwd, "dist", page)), page).toBe(true);
  });

  test.each(["", "api.example.com", "/prod", "ftp://api.example.com"])(
    "refuses the address %j",
    async (url) => {
      expect(await build({ VITE_API_URL: url })).toEqual({
        exitCode: 1,
        stdout: "",
        stderr: `Set VITE_API_URL to where the API is, such as https://api.example.com, not "${url}".\n`,
      });
    },
  );
});
