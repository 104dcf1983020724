import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ended, run } from "@lucky/command/child-process";
import { fixture } from "@lucky/fixture";
import { describe, expect, onTestFinished, test } from "vitest";
import type { PipelineRole } from "./policies/role.ts";

const SCRIPT = fileURLToPath(new URL("policies.ts", import.meta.url));
const GIVEN = ["--account", "123456789012", "--repository", "owner/shop"];

const policies = (words: readonly string[], cwd = fixture) =>
  run(process.execPath, [SCRIPT, ...words], { cwd });

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lucky-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs the script with a program in the place of AWS's, of an account in which those things are already. */
async function runScript(
  script: string,
  has: readonly string[] = [],
  { account = "123456789012", refuses = "" } = {},
) {
  const folder = temporaryFolder();
  const file = join(folder, "aws");
  const body = `
    const { appendFileSync } = require("node:fs");
    const words = process.argv.slice(2);
    appendFileSync("calls", JSON.stringify(words) + "\\n");
    if (words[1] === "get-caller-identity") console.log("${account}");
    else if (words[1] === "list-policy-versions") console.log("v1\\tv2");
    else if (words[1] === "${refuses}") process.exitCode = 254;
    else if (words[1].startsWith("get-")) process.exitCode = ${JSON.stringify(has)}.includes(words[1]) ? 0 : 254;`;
  writeFileSync(file, `#!${process.execPath}\n${body}`);
  chmodSync(file, 0o755);
  const PATH = [folder, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
  const ended = await run("sh", [], { cwd: folder, env: { PATH }, input: script });
  const calls = readFileSync(join(folder, "calls"), "utf8")
    .trim()
    .split("\n")
    .map((line): string[] => JSON.parse(line));
  return { ...ended, calls: calls.filter(([, action]) => !/^(?:get|list)-/.test(action ?? "")) };
}

describe("pnpm policies", () => {
  test("gives both roles as AWS takes them", async () => {
    const { stdout, stderr, exitCode } = await policies([...GIVEN, "--json"]);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    const roles: Record<string, PipelineRole> = JSON.parse(stdout);
    expect(Object.keys(roles)).toEqual(["prod", "preview"]);
    expect(roles.prod).toMatchObject({
      arn: "arn:aws:iam::123456789012:role/pipeline/pipeline-fixture-prod",
      boundary: { arn: "arn:aws:iam::123456789012:policy/pipeline/fixture-prod-functions" },
    });
    expect(JSON.stringify(roles.preview?.trust)).toContain("repo:owner/shop:environment:preview");
    expect(JSON.stringify(roles.preview?.policy)).not.toContain("fixture-prod");
  });

  test("grants the rights of a domain only to prod, and only with its zone", async () => {
    const zoneOf = async (words: readonly string[]) => {
      const roles = JSON.parse((await policies([...GIVEN, "--json", ...words])).stdout);
      return Object.keys(roles).filter((name) =>
        JSON.stringify(roles[name].policy).includes("hostedzone/Z0123"),
      );
    };
    expect(await zoneOf([])).toEqual([]);
    expect(await zoneOf(["--zone", "Z0123"])).toEqual(["prod"]);
  });

  test("makes, in an account without them, first what the next step needs", async () => {
    const { stdout } = await policies(GIVEN);
    const { calls, exitCode, stdout: said } = await runScript(stdout);
    expect(exitCode).toBe(0);
    const made = ["create-policy", "create-role", "put-role-policy"];
    expect(calls.map(([, action]) => action)).toEqual(["create-open-id-connect-provider", ...made, ...made]);
    const roles: Record<string, PipelineRole> = JSON.parse((await policies([...GIVEN, "--json"])).stdout);
    const document = (action: string, option: string, at: number) => {
      const words = calls.filter((call) => call[1] === action)[at] ?? [];
      return JSON.parse(words[words.indexOf(option) + 1] ?? "");
    };
    for (const [at, role] of [roles.prod, roles.preview].entries()) {
      expect(document("create-policy", "--policy-document", at)).toEqual(role?.boundary.policy);
      expect(document("create-role", "--assume-role-policy-document", at)).toEqual(role?.trust);
      expect(document("put-role-policy", "--policy-document", at)).toEqual(role?.policy);
      expect(said).toContain(
        `gh variable set AWS_ROLE --env ${["prod", "preview"][at]} --body ${role?.arn}\n`,
      );
      expect(said).toContain(
        `PERMISSIONS_BOUNDARY --env ${["prod", "preview"][at]} --body ${role?.boundary.arn}\n`,
      );
    }
  });

  test("amends them where they are, and drops the versions that AWS would count", async () => {
    const { stdout } = await policies([...GIVEN, "--role", "preview"]);
    const has = ["get-open-id-connect-provider", "get-policy", "get-role"];
    const { calls, exitCode } = await runScript(stdout, has);
    expect(exitCode).toBe(0);
    expect(calls.map(([, action]) => action)).toEqual([
      "delete-policy-version",
      "delete-policy-version",
      "create-policy-version",
      "update-assume-role-policy",
      "put-role-policy",
    ]);
    expect(calls.every((words) => !words.join(" ").includes("fixture-prod"))).toBe(true);
    expect(calls[2]).toContain("--set-as-default");
  });

  test("stops at the first step that AWS refuses", async () => {
    const { stdout } = await policies(GIVEN);
    const { calls, exitCode } = await runScript(stdout, [], { refuses: "create-policy" });
    expect(exitCode).toBe(254);
    expect(calls.map(([, action]) => action)).toEqual(["create-open-id-connect-provider", "create-policy"]);
  });

  test("does nothing with the credentials of another account", async () => {
    const { stdout } = await policies(GIVEN);
    const { calls, exitCode, stderr } = await runScript(stdout, [], { account: "999999999999" });
    expect({ calls, exitCode, stderr }).toEqual({
      calls: [],
      exitCode: 1,
      stderr: "These credentials are not of account 123456789012.\n",
    });
  });

  test.each<[string[], string]>([
    [[], "Give --account: an AWS account's 12 digits."],
    [["--account", "123"], `--account takes an AWS account's 12 digits, not "123".`],
    [["--account", "123456789012"], "Give --repository: owner/name."],
    [["--account", "123456789012", "--repository", "shop"], `--repository takes owner/name, not "shop".`],
    [
      ["--account", "123456789012", "--repository", "owner/sh'op"],
      `--repository takes owner/name, not "owner/sh'op".`,
    ],
    [[...GIVEN, "--role", "admin"], `--role takes prod or preview, not "admin".`],
    [[...GIVEN, "--zone", "example.com"], `--zone takes an id such as Z0123456789ABC, not "example.com".`],
    [[...GIVEN, "--zone", "Z1", "--role", "preview"], "--zone is for prod's role."],
    [[...GIVEN, "prod"], "Unexpected argument 'prod'"],
  ])("refuses %j", async (words, message) => {
    const { stdout, stderr, exitCode } = await policies(words);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/See --help\.\n$/);
  });

  test("explains itself", async () => {
    const { stdout, exitCode } = await policies(["--help"]);
    expect(exitCode).toBe(0);
    for (const option of ["--account", "--repository", "--role", "--zone", "--json"])
      expect(stdout).toContain(option);
  });
});

describe("infra/policies.ts", () => {
  /** A copy of the fixture that has that file. */
  function copyWith(text: string): string {
    const folder = temporaryFolder();
    for (const name of ["package.json", "packages", "functions"])
      cpSync(join(fixture, name), join(folder, name), { recursive: true });
    cpSync(join(fixture, "infra"), join(folder, "infra"), { recursive: true });
    writeFileSync(join(folder, "infra/policies.ts"), text);
    const modules = [fixture, dirname(fixture)]
      .map((each) => join(each, "node_modules"))
      .find((each) => existsSync(each));
    if (modules) symlinkSync(modules, join(folder, "node_modules"));
    return folder;
  }
  const give = (words: readonly string[], text: string): Promise<Ended> => policies(words, copyWith(text));

  test("adds to the role and to the boundary, for each scope", async () => {
    const text = `export const extra = ({ prefix }: { prefix: string }) => ({
      deploy: [{ Effect: "Allow", Action: "dynamodb:CreateTable", Resource: \`table/\${prefix}*\` }],
      functions: [{ Effect: "Allow", Action: "ses:SendEmail", Resource: "it's*" }],
    });`;
    const { stdout, stderr } = await give([...GIVEN, "--json"], text);
    expect(stderr).toBe("");
    const roles: Record<string, PipelineRole> = JSON.parse(stdout);
    expect(JSON.stringify(roles.prod?.policy)).toContain('"table/fixture-prod-*"');
    expect(JSON.stringify(roles.preview?.policy)).toContain('"table/fixture-pr-*"');
    expect(JSON.stringify(roles.preview?.boundary.policy)).toContain("ses:SendEmail");
    const { calls } = await runScript((await give(GIVEN, text)).stdout);
    expect(calls.flat().filter((word) => word.includes(`"it's*"`))).toHaveLength(2);
  });

  test.each(["export const extra = 1;", "export const extra = () => ({ deploy: [] });", "export {};"])(
    "is refused where it is no such function: %s",
    async (text) => {
      const { stdout, stderr, exitCode } = await give(GIVEN, text);
      expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
      expect(stderr).toMatch(/^infra\/policies\.ts must export a function extra\(scope\) that gives/);
    },
  );

  test("is refused where it makes a policy longer than AWS takes", async () => {
    const text = `export const extra = () => ({ deploy: [], functions: Array.from({ length: 200 }, (_, index) =>
      ({ Effect: "Allow", Action: "ses:SendEmail", Resource: "identity/" + index })) });`;
    const { stderr, exitCode } = await give(GIVEN, text);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^The managed policy would have \d+ characters, and AWS takes 6144: shorten extra/,
    );
  });
});
