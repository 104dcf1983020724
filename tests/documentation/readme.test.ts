import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
const CALLED_BY_CHECK = ["lint", "typecheck"];

describe("the README", () => {
  test("is read in five minutes", () => {
    expect(read("README.md").split("\n").length).toBeLessThanOrEqual(121);
  });

  test("has each script of package.json, but those that others call", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> }; // npm's own
    const missing = Object.keys(scripts).filter(
      (name) => !CALLED_BY_CHECK.includes(name) && !read("README.md").includes(`pnpm ${name}`),
    );
    expect(missing).toEqual([]);
  });
});
