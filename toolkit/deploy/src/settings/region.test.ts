import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { requireRegion } from "./region.ts";

function explanationFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "lucky-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "explanation");
}

test.each(["eu-central-1", "us-gov-west-1", "ap-southeast-7", "mx-central-1", "cn-northwest-1"])(
  "%s is a region, and needs no explanation",
  (name) => {
    const file = explanationFile();
    expect(requireRegion({ AWS_REGION: name, SST_EXPLANATION: file })).toBe(name);
    expect(existsSync(file)).toBe(false);
  },
);

test.each([undefined, "", "frankfurt", "eu-centrl-1", "eu-central-1a", "EU-CENTRAL-1", "eu-central"])(
  "%j is none: that is thrown, and explained to whoever started sst",
  (name) => {
    const file = explanationFile();
    const environment = { AWS_REGION: name, SST_EXPLANATION: file };
    expect(() => requireRegion(environment)).toThrow("use a region such as eu-central-1.");
    expect(readFileSync(file, "utf8")).toMatch(/eu-central-1\. Nothing has been made\.$/);
  },
);

test("a region that may have been opened since is taken, and explains a failure", () => {
  const file = explanationFile();
  expect(requireRegion({ AWS_REGION: "eu-central-9", SST_EXPLANATION: file })).toBe("eu-central-9");
  expect(readFileSync(file, "utf8")).toBe('Does AWS have the region "eu-central-9"? See AWS_REGION.');
});

test("without pnpm sst there is only what is thrown", () => {
  expect(() => requireRegion({})).toThrow("Set AWS_REGION, where the API is to run");
});
