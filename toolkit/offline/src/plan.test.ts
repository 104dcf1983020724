import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ended, run } from "@lucky/command/child-process";
import { fixture, visits } from "@lucky/fixture";
import { toOpenApi } from "@lucky/gateway/openapi";
import { afterAll, describe, expect } from "vitest";
import { startOffline } from "./offline.ts";
import type { Plan } from "./plan/plan.ts";
import { test as base, functions, WATCHED } from "./testing.ts";

const COMMAND = fileURLToPath(new URL("plan.ts", import.meta.url));
const { api, about } = await import(`${fixture}/packages/contracts/src/index.ts`);

const folder = mkdtempSync(join(tmpdir(), "lucky-plan-"));
afterAll(() => rmSync(folder, { recursive: true }));

function plan(words: readonly string[], cwd = fixture, environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const { AWS_REGION: _, ALARM_EMAIL: __, ...env } = process.env;
  return run(process.execPath, [COMMAND, ...words], { cwd, env: { ...env, ...environment } });
}

async function planned(
  words: readonly string[],
  cwd?: string,
  environment?: NodeJS.ProcessEnv,
): Promise<Plan> {
  const { stdout, stderr } = await plan([...words, "--json"], cwd, environment);
  expect(stdout, stderr).not.toBe("");
  return JSON.parse(stdout);
}

const test = base
  /** The state of prod in a file, as `sst state export` prints it. */
  .extend("state", { scope: "worker" }, async ({ offline: { project }, prod: _ }) => {
    const file = join(folder, "state.json");
    const { output } = await project.sst(["state", "export", "--stage", "prod", "--decrypt"], WATCHED);
    writeFileSync(file, output);
    return file;
  })
  .extend("first", { scope: "worker" }, () => planned([]));

/** A file of the application that was deployed is otherwise, until the end of the test. */
async function withEdit<Result>(
  root: string,
  file: string,
  change: (source: string) => string,
  act: () => Promise<Result>,
) {
  const path = join(root, file);
  const source = readFileSync(path, "utf8");
  expect(change(source)).not.toBe(source);
  writeFileSync(path, change(source));
  return act().finally(() => writeFileSync(path, source));
}

describe("pnpm plan", () => {
  test("says what a first deploy makes, in a form that stays", ({ first }) => {
    expect(Object.keys(first)).toEqual([
      "app",
      "stage",
      "state",
      "madeUp",
      "secrets",
      "counts",
      "changes",
      "functions",
      "cost",
      "contracts",
    ]);
    expect(first).toMatchObject({ app: "fixture", stage: "prod", state: null, contracts: null });
    expect(first.counts).toMatchObject({ update: 0, replace: 0, delete: 0, same: 0 });
    expect(first.counts.create).toBe(first.changes.length);
    expect(first.changes).toContainEqual({
      op: "create",
      name: "GreetFunction",
      type: "aws:lambda/function:Function",
      changed: [],
      replacing: [],
      losesData: false,
    });
    expect(first.madeUp).toEqual({ AWS_REGION: "eu-central-1", ALARM_EMAIL: "alarms@example.com" });
  });

  test.for(functions)(
    "says of each function what it is, and what it may do: $name",
    ({ resource, contract, limits }, { first }) => {
      const found = first.functions.find(({ name }) => name === resource);
      expect(found).toMatchObject({
        routes: [`${contract.method} ${contract.path}`],
        memoryMegabytes: limits.memoryMegabytes,
        timeoutSeconds: limits.timeoutSeconds,
        environment: expect.arrayContaining(["NODE_ENV"]),
        rights: {
          trust: ["Allow sts:AssumeRole by lambda.amazonaws.com"],
          may: expect.arrayContaining([
            `Allow logs:CreateLogStream, logs:PutLogEvents on ${resource}LogGroup:*`,
          ]),
        },
      });
    },
  );

  test("says what the stage costs, standing there", ({ first: { cost } }) => {
    expect(cost.parts).toContainEqual({ what: "dashboard", count: 1, dollarsEach: 3 });
    const sum = cost.parts.reduce((total, { count, dollarsEach }) => total + count * dollarsEach, 0);
    expect(cost.dollarsPerMonth).toBeCloseTo(sum, 2);
    expect(cost.asOf).toMatch(/^\d{4}-\d{2}$/);
  });

  test("prints names of variables, and never values", async () => {
    const SECRET = "s3cr3t-of-mine";
    const { stdout, stderr, exitCode } = await plan(["--stage", "anna"], fixture, {
      ALARM_EMAIL: `${SECRET}@example.com`,
    });
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout).toContain("fixture, anna: a first deploy");
    expect(stdout).toContain("  Greet: POST /greetings");
    expect(stdout).toMatch(/environment BUCKET, /);
    expect(stdout).not.toContain('notes"');
    expect(stdout).not.toContain(SECRET);
    expect(stdout).not.toContain("made up: ALARM_EMAIL");
  });

  test("changes nothing over the state of the same", async ({ state, offline: { project } }) => {
    const { counts, changes, contracts } = await planned(["--state", state], project.root, WATCHED);
    expect(changes).toEqual([]);
    expect(counts).toMatchObject({ create: 0, update: 0, replace: 0, delete: 0 });
    expect(counts.same).toBeGreaterThan(100);
    expect(contracts).toBeNull(); // no git there
  });

  test("changes nothing over that of another account, whose files were elsewhere, and whose secrets are encrypted", async ({
    state,
    offline: { project },
  }) => {
    const file = join(folder, "elsewhere.json");
    const text = readFileSync(state, "utf8")
      .replaceAll(/123456789012(?!:(?:key|layer|code-signing-config)\b)/g, "210987654321") // which stand in infra/
      .replaceAll(project.root, "/home/runner/work")
      .replaceAll(/sst-asset-[a-z]{12}/g, "sst-asset-abcdefghijkl");
    const saved = JSON.parse(text);
    const greet = saved.latest.resources.find(({ urn }: { urn: string }) => urn.endsWith("::GreetFunction"));
    greet.inputs.environment = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      ciphertext: "v1:a:b",
    };
    writeFileSync(file, JSON.stringify(saved));
    expect((await planned(["--state", file], project.root, WATCHED)).changes).toEqual([]);
  });

  test("says what a change changes", async ({ state, offline: { project } }) => {
    const limits = (source: string) =>
      source.replace('"private"', '"lambda": { "memoryMegabytes": 512 }, "private"');
    const { stdout, exitCode } = await withEdit(project.root, "functions/greet/package.json", limits, () =>
      plan(["--state", state], project.root, WATCHED),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`fixture, prod: a deploy over ${state}`);
    expect(stdout).toMatch(/ {2}~ update GreetFunction \(aws:lambda\/function:Function\): .*memorySize/);
  });

  test("names the secrets that a deploy needs, and refuses a table with another key than that of the state", async () => {
    const first = await planned([], visits);
    expect(first.secrets).toEqual(["MailKey"]);
    const { project, close, deploy } = await startOffline(visits);
    await deploy("prod");
    const file = join(folder, "visits.json");
    const { output } = await project.sst(["state", "export", "--stage", "prod", "--decrypt"]);
    writeFileSync(file, output);
    const otherKey = (source: string) =>
      source.replace('key: { partition: "page", sort: "at" }', 'key: { partition: "day", sort: "at" }');
    const { stderr, exitCode } = await withEdit(
      project.root,
      "packages/contracts/src/resources.ts",
      otherKey,
      () => plan(["--state", file], project.root),
    );
    await close();
    expect(exitCode).toBe(1);
    expect(stderr).toContain("A deploy would be refused:");
    expect(stderr).toContain("The table visits has the key page (S), at (N) on the stage prod");
  });

  test("fails where data is lost, unless it may be", async ({ offline: { project }, state }) => {
    const saved = JSON.parse(readFileSync(state, "utf8"));
    const log = saved.latest.resources.find(({ urn }: { urn: string }) => urn.endsWith("::GreetLogGroup"));
    const gone = { ...log, urn: log.urn.replace("GreetLogGroup", "OldLogGroup"), retainOnDelete: false };
    const file = join(folder, "more.json");
    writeFileSync(
      file,
      JSON.stringify({ ...saved, latest: { ...saved.latest, resources: [...saved.latest.resources, gone] } }),
    );
    const { stdout, stderr, exitCode } = await plan(["--state", file], project.root, WATCHED);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("  - delete OldLogGroup (aws:cloudwatch/logGroup:LogGroup)  LOSES ITS DATA");
    expect(stderr).toContain("It would lose data: delete OldLogGroup.");
    expect((await plan(["--state", file, "--allow-data-loss"], project.root, WATCHED)).exitCode).toBe(0);
  });

  test("says what breaks callers since a document", async () => {
    const file = join(folder, "before.json");
    const { greet, openapi } = api;
    const before = toOpenApi(
      { greet, openapi, gone: { ...greet, path: "/gone" } },
      { ...about, server: "/" },
    );
    writeFileSync(file, JSON.stringify(before));
    const { contracts } = await planned(["--base", file]);
    expect(contracts?.breaks).toContainEqual(expect.objectContaining({ operation: "POST /gone" }));
  });

  test.for([
    [
      "a file that is not there",
      ["--state", "nowhere.json"],
      2,
      "There is no file nowhere.json. Get one by: pnpm sst state export",
    ],
    ["a file that is no state", ["--state", "package.json"], 1, "package.json is not an SST state."],
    ["no stage", ["--stage", ""], 2, "--stage takes a name"],
    ["an option that there is not", ["--stages", "prod"], 2, "Unknown option '--stages'"],
    ["a word too many", ["prod"], 2, "Unexpected argument 'prod'"],
    ["a stage that means prod", ["--stage", "production"], 1, "A deploy would be refused:"],
  ] as const)("is refused with a sentence: %s", async ([, words, code, sentence]) => {
    const { stdout, stderr, exitCode } = await plan(words);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: code });
  });

  test("is refused over the state of another stage", async ({ state }) => {
    const { stderr, exitCode } = await plan(["--state", state, "--stage", "anna"]);
    expect(stderr).toContain("is of another application or stage (urn:pulumi:prod)");
    expect(exitCode).toBe(1);
  });

  test("says what is wrong with infra, where something is", async ({ offline: { project }, prod: _ }) => {
    const odd = (source: string) =>
      `${source}\nnew aws.cloudwatch.LogGroup("Odd", { retentionInDays: 42 });\n`;
    const { stdout, stderr, exitCode } = await withEdit(project.root, "infra/api.ts", odd, () =>
      plan([], project.root),
    );
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toContain("A deploy would be refused:");
    expect(stderr).toContain(
      "AWS would refuse Odd (aws:cloudwatch/logGroup:LogGroup): retentionInDays is 42",
    );
  });

  test("has a help", async () => {
    const { stdout, exitCode } = await plan(["--help"]);
    expect(stdout).toContain("Usage: pnpm plan [options]");
    expect(exitCode).toBe(0);
  });
});
