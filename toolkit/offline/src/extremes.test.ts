import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixture } from "@lucky/fixture";
import { pascalCase } from "@lucky/gateway/name";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Offline, startOffline } from "./offline.ts";

// What a name may be is decided by `pnpm rename`, `pnpm new` and checkStageName.

const LONGEST_APP = "a".repeat(20);
const LONGEST_STAGE = "s".repeat(20);
const LONGEST_NAMES = Array.from({ length: 40 }, (_, index) => `many-${index}`.padEnd(18, "x")); // 17 without the dash

/** The fixture by another name, with so many functions more, all as `greet` is. */
async function startExtreme(app: string, names: readonly string[], summary?: string): Promise<Offline> {
  const folder = mkdtempSync(join(tmpdir(), "lucky-extreme-"));
  cpSync(fixture, folder, { recursive: true });
  const edit = (file: string, change: (source: string) => string) =>
    writeFileSync(join(folder, file), change(readFileSync(join(folder, file), "utf8")));
  edit("package.json", (source) => source.replace('"fixture"', `"${app}"`));
  for (const name of names) {
    mkdirSync(join(folder, "functions", name));
    cpSync(join(folder, "functions/greet"), join(folder, "functions", name), { recursive: true });
  }
  const entries = names.map((name) => `"${name}": { ...greet, path: "/${name}" },`).join("\n");
  edit("packages/contracts/src/index.ts", (source) =>
    source.replace("export const api = {", `export const api = {\n${entries}`),
  );
  if (summary !== undefined)
    edit("packages/contracts/src/greet.ts", (source) =>
      source.replace(/summary: ".*?"/, `summary: "${summary}"`),
    );
  const offline = await startOffline(folder);
  onTestFinished(async () => {
    await offline.close();
    rmSync(folder, { recursive: true });
  });
  return offline;
}

const functions = (state: {
  ofType(type: string): readonly { inputs: Readonly<Record<string, unknown>> }[];
}) => state.ofType("aws:lambda/function:Function").map(({ inputs }) => inputs);

describe("an application of the extremes", () => {
  test("deploys: the longest app, stage and names of functions, and 40 of them", async () => {
    const longest = LONGEST_NAMES.map((name) => pascalCase(name).length);
    expect(Math.max(...longest)).toBe(17); // with an app of 20, the longest that `pnpm new` takes
    const offline = await startExtreme(LONGEST_APP, LONGEST_NAMES);
    const { state } = await offline.deploy(LONGEST_STAGE, { ALARM_EMAIL: "oncall@example.com" });
    const names = functions(state).map(({ name }) => String(name));
    expect(names.length).toBeGreaterThan(40);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(64);
  });

  test("deploys with a summary of 256 characters", async () => {
    const offline = await startExtreme("fixture", [], "x".repeat(256));
    const { state } = await offline.deploy("prod", { ALARM_EMAIL: "oncall@example.com" });
    expect(functions(state).map(({ description }) => description)).toContain("x".repeat(256));
  });

  test("is refused with one of 300, before anything is made, in the words of the application", async () => {
    const { project } = await startExtreme("fixture", [], "x".repeat(300));
    const { exitCode, output } = await project.sst(["deploy", "--stage", "prod"]);
    expect(exitCode).toBe(1);
    expect(output).toContain("The summary of greet has 300 characters: Lambda takes 256 at most.");
    expect(output).not.toContain("|  Created");
  });
});
