import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "@lucky/command/child-process";
import { describe, expect, onTestFinished, test } from "vitest";

const LIVE = fileURLToPath(new URL("live.ts", import.meta.url));

/** A stand-in for `aws lambda`: the versions and the alias of each function are in a file. */
const AWS = `
const { readFileSync, writeFileSync } = require("node:fs");
const file = process.env.LAMBDA;
const state = JSON.parse(readFileSync(file, "utf8"));
const [, command, ...words] = process.argv.slice(2);
const flag = (name) => words[words.indexOf("--" + name) + 1];
const each = state[flag("function-name")];
if (!each) { console.error("ResourceNotFoundException: " + flag("function-name")); process.exit(254); }
if (command === "get-alias") console.log(JSON.stringify({ FunctionVersion: each.live }));
if (command === "list-versions-by-function")
  console.log(JSON.stringify({ Versions: ["$LATEST", ...each.versions].map((Version) => ({ Version })) }));
if (command === "update-alias") {
  if (flag("name") !== "live") process.exit(254);
  each.live = flag("function-version");
  each.weights = JSON.parse(flag("routing-config")).AdditionalVersionWeights;
  writeFileSync(file, JSON.stringify(state));
}`;

type Functions = Record<string, { versions: string[]; live: string; weights?: object }>;

function world(state: Functions, outputs: object = { functions: Object.keys(state) }) {
  const folder = mkdtempSync(join(tmpdir(), "lucky-live-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "lambda.json");
  writeFileSync(file, JSON.stringify(state));
  mkdirSync(join(folder, ".sst"));
  writeFileSync(join(folder, ".sst/outputs.json"), JSON.stringify(outputs));
  writeFileSync(join(folder, "aws"), `#!${process.execPath}\n${AWS}`);
  chmodSync(join(folder, "aws"), 0o755);
  return {
    folder,
    live: (...words: string[]) =>
      run(process.execPath, [LIVE, ...words], {
        cwd: folder,
        env: { ...process.env, PATH: `${folder}:${process.env.PATH}`, LAMBDA: file },
      }),
    state: () => JSON.parse(readFileSync(file, "utf8")) as Functions, // written above
  };
}

const deployed = (): Functions => ({
  greet: { versions: ["1", "2", "10", "9"], live: "9" },
  note: { versions: ["1"], live: "1" },
});

describe("live", () => {
  test("forward makes the newest version of each function live", async () => {
    const { live, state } = world(deployed());
    expect(await live("forward")).toMatchObject({ exitCode: 0 });
    expect(state()).toMatchObject({ greet: { live: "10", weights: {} }, note: { live: "1", weights: {} } });
  });

  test("forward --percent gives a part of the requests to it", async () => {
    const { live, state } = world(deployed());
    expect(await live("forward", "--percent", "10")).toMatchObject({ exitCode: 0 });
    expect(state()).toMatchObject({
      greet: { live: "9", weights: { 10: 0.1 } },
      note: { live: "1", weights: {} },
    });
  });

  test("back makes live what show has printed, whole", async () => {
    const { live, state, folder } = world(deployed());
    const { stdout } = await live("show");
    expect(JSON.parse(stdout)).toEqual({ greet: "9", note: "1" });
    writeFileSync(join(folder, "before.json"), stdout);
    await live("forward", "--percent", "50");
    await live("forward");
    expect(state()).toMatchObject({ greet: { live: "10" } });
    expect(await live("back", "before.json")).toMatchObject({ exitCode: 0 });
    expect(state()).toMatchObject({ greet: { live: "9", weights: {} }, note: { live: "1" } });
  });

  test("moves what it can, and says what it could not", async () => {
    const { live, state, folder } = world(deployed());
    writeFileSync(join(folder, "before.json"), JSON.stringify({ gone: "3", note: "1", greet: "2" }));
    const { exitCode, stderr } = await live("back", "before.json");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("gone to 3: ResourceNotFoundException");
    expect(state()).toMatchObject({ greet: { live: "2" } });
  });

  test("says what to do where there is no alias, or no version", async () => {
    expect((await world(deployed(), { url: "https://x" }).live("forward")).stderr).toContain("set hasAlias");
    const { live } = world({ greet: { versions: [], live: "1" } });
    expect((await live("forward")).stderr).toContain("greet has no version: deploy it first.");
  });

  test.each([
    [],
    ["up"],
    ["back"],
    ["show", "x"],
    ["forward", "--percent", "100"],
    ["forward", "--percent", "0"],
  ])("refuses %j %j %j", async (...words) => {
    const { exitCode } = await world(deployed()).live(...words.filter((word) => word !== undefined));
    expect(exitCode).toBe(2);
  });
});
