import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished } from "vitest";
import type { Offline } from "./offline.ts";
import { test } from "./testing.ts";

const SET_IT =
  "Set AWS_REGION, where the API is to run: use a region such as eu-central-1. Nothing has been made.";
const isWrong = (name: string) =>
  `AWS_REGION is "${name}": use a region such as eu-central-1. Nothing has been made.`;

/** What a command printed, and what it has called AWS for. */
async function runSst({ aws, project }: Offline, environment: NodeJS.ProcessEnv, words = ["deploy"]) {
  const before = aws.calls.length;
  const result = await project.sst([...words, "--stage", "nowhere"], environment);
  return { ...result, calls: aws.calls.slice(before) };
}

function writeTemporarily({ project }: Offline, path: string, text: string): string {
  const file = join(project.root, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  onTestFinished(() => rmSync(file));
  return file;
}

const UNSET = { AWS_REGION: undefined };
const NO_CREDENTIALS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };

describe("before AWS is called at all, sst is refused", () => {
  test.for<[string, NodeJS.ProcessEnv, string]>([
    ["no region", UNSET, SET_IT],
    ["an empty one", { AWS_REGION: "" }, SET_IT],
    ["a name that is none", { AWS_REGION: "frankfurt" }, isWrong("frankfurt")],
    ["a zone", { AWS_REGION: "eu-central-1a" }, isWrong("eu-central-1a")],
    ["a word that no region has", { AWS_REGION: "eu-centrl-1" }, isWrong("eu-centrl-1")],
    ["a space behind it", { AWS_REGION: "eu-central-1 " }, isWrong("eu-central-1 ")],
  ])("%s", async ([, environment, sentence], { offline }) => {
    const { exitCode, output, calls } = await runSst(offline, environment);
    expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: [] });
    expect(output).toContain(sentence);
    expect(output).not.toMatch(/^\s+at /m);
  });

  test.for([["diff"], ["remove"], ["secret", "list"], ["dev"]])(
    "by the command %j too",
    async (words, { offline }) => {
      const { exitCode, output, calls } = await runSst(offline, UNSET, words);
      expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: [] });
      expect(output).toContain(SET_IT);
    },
  );

  test("a region of the profile, or AWS_DEFAULT_REGION, for not everybody has those", async ({ offline }) => {
    const file = writeTemporarily(offline, "aws/config", "[profile other]\nregion = eu-west-1\n");
    const profile = { AWS_CONFIG_FILE: file, AWS_PROFILE: "other", AWS_DEFAULT_REGION: "eu-west-1" };
    const { output, calls } = await runSst(offline, { ...UNSET, ...profile });
    expect(calls).toEqual([]);
    expect(output).toContain(SET_IT);
  });

  test("what .env.<stage> says wrongly, though the shell is right: SST lets the file win", async ({
    offline,
  }) => {
    writeTemporarily(offline, ".env.nowhere", "AWS_REGION=frankfurt\n");
    const { output, calls } = await runSst(offline, {});
    expect(calls).toEqual([]);
    expect(output).toContain(isWrong("frankfurt"));
  });

  test("an empty region of the shell, though .env has one: SST lets the shell win", async ({ offline }) => {
    writeTemporarily(offline, ".env", "AWS_REGION=eu-west-1\n");
    const { output, calls } = await runSst(offline, { AWS_REGION: "" });
    expect(calls).toEqual([]);
    expect(output).toContain(SET_IT);
  });
});

describe("sst takes the region", () => {
  test.for([".env", ".env.nowhere"])("of %s", async (name, { offline }) => {
    writeTemporarily(offline, name, "AWS_REGION=eu-west-1\n");
    const { exitCode, output, calls } = await runSst(offline, UNSET, ["diff"]);
    expect(exitCode, output).toBe(0);
    expect(calls).not.toEqual([]);
  });

  test("that AWS has opened since, and says what may be wrong where it fails", async ({ offline }) => {
    const { exitCode, output } = await runSst(offline, { ...NO_CREDENTIALS, AWS_REGION: "eu-central-9" });
    expect(exitCode).toBe(1);
    expect(output).toContain('Does AWS have the region "eu-central-9"? See AWS_REGION.');
  });
});

describe("without credentials sst says so in a sentence", () => {
  test("none", async ({ offline }) => {
    const { exitCode, output, calls } = await runSst(offline, NO_CREDENTIALS);
    expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: [] });
    expect(output).toContain("AWS credentials are not configured.");
    expect(output).not.toContain("AWS_REGION");
  });
});
