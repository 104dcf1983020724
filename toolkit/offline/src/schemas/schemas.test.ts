import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { test } from "../testing.ts";
import { findMistakes } from "./mistakes.ts";
import { specificationOf } from "./specification.ts";
import { TRANSLATIONS, UNTRANSLATED } from "./translation.ts";

// Two sources that know nothing of Pulumi: AWS's own specification, as the CDK has it (what is required, types, choices, what
// replaces, the forms of ARNs), and AWS's schemas for its registry (lengths, ranges, patterns). The provider's code has its
// own checks, which nothing here knows.

const FUNCTION = "aws:lambda/function:Function";

/** All that the provider of AWS makes. */
function kinds(state: { all: readonly { type: string; inputs: object }[] }) {
  return state.all.filter(({ type }) => type.startsWith("aws:"));
}

describe("what AWS would say to prod", () => {
  test("is nothing, of each resource", ({ prod }) => {
    const mistakes = kinds(prod.state).flatMap(({ type, inputs }) =>
      (findMistakes(type, { ...inputs })?.mistakes ?? []).map((mistake) => `${type}: ${mistake}`),
    );
    expect(mistakes).toEqual([]);
  });

  test("is known of each property, and of each type but these", ({ prod }) => {
    const unknown = kinds(prod.state).flatMap(({ type, inputs }) =>
      (findMistakes(type, { ...inputs })?.unknown ?? []).map((property) => `${type}: ${property}`),
    );
    expect([...new Set(unknown)]).toEqual([]);
    const types = new Set(kinds(prod.state).map(({ type }) => type));
    const untranslated = [...types].filter((type) => TRANSLATIONS[type] === undefined);
    expect(untranslated.sort()).toEqual(Object.keys(UNTRANSLATED).sort());
  });

  test("is of ARNs in their form", ({ prod }) => {
    let held = 0;
    for (const { type, outputs } of prod.state.all) {
      const { arn: template, identifier = [] } = specificationOf(TRANSLATIONS[type]?.type ?? "") ?? {};
      if (template === undefined || outputs.arn === undefined || identifier.length === 0) continue;
      // Some begin in another region, or in none; a name may have slashes in it.
      const form = template
        .replaceAll(/\$\{Partition\}/g, "aws")
        .replaceAll(/\$\{Account\}/g, "123456789012")
        .replaceAll(/\$\{Region\}/g, "eu-central-1")
        .replaceAll(/\$\{\w+\}/g, "[^:]+");
      expect(outputs.arn, type).toMatch(new RegExp(`^${form}$`));
      held += 1;
    }
    expect(held).toBeGreaterThan(50);
  });
});

describe("a translation", () => {
  test.each(Object.entries(TRANSLATIONS))("of %s is of a type that AWS has", (_, { type, within }) => {
    const specification = specificationOf(type);
    expect(specification).toBeDefined();
    if (within !== undefined) expect(specification?.properties).toHaveProperty(within);
  });

  test.each(Object.entries(TRANSLATIONS))(
    "of %s calls nothing the provider's own that AWS has",
    (_, each) => {
      const known = Object.keys(each.within ? {} : (specificationOf(each.type)?.properties ?? {}));
      for (const [property, reason] of Object.entries(each.own ?? {})) {
        expect(known.map((name) => name.toLowerCase())).not.toContain(property.toLowerCase());
        expect(reason).not.toBe("");
      }
    },
  );
});

describe("AWS refuses", () => {
  /** Of the function that has all. */
  const changes: readonly (readonly [string, string, object, string])[] = [
    [
      "a summary of 300 characters",
      FUNCTION,
      { description: "x".repeat(300) },
      "description has 300 characters, and AWS takes 256 at most",
    ],
    [
      "a name that is too long",
      FUNCTION,
      { name: "x".repeat(65) },
      "name has 65 characters, and AWS takes 64 at most",
    ],
    ["a name of another form", FUNCTION, { name: "a b" }, 'name is "a b", and AWS takes what is like'],
    ["a role of another form", FUNCTION, { role: "Greet" }, 'role is "Greet", and AWS takes what is like'],
    ["a text for a number", FUNCTION, { timeout: "long" }, "timeout is long, and no integer"],
    ["too much time", FUNCTION, { timeout: 901 }, "timeout is 901, and AWS takes 900 at most"],
    ["too little memory", FUNCTION, { memorySize: 64 }, "memorySize is 64, and AWS takes 128 at least"],
    [
      "too little storage",
      FUNCTION,
      { ephemeralStorage: { size: 100 } },
      "ephemeralStorage.size is 100, and AWS takes 512 at least",
    ],
    ["another choice", FUNCTION, { packageType: "Tar" }, 'packageType is "Tar", and AWS takes'],
    [
      "another choice within",
      FUNCTION,
      { loggingConfig: { logFormat: "XML" } },
      'loggingConfig.logFormat is "XML", and AWS takes',
    ],
    ["no role", FUNCTION, { role: undefined }, "it lacks Role, which AWS requires"],
    [
      "too large an environment",
      FUNCTION,
      { environment: { variables: { A: "x".repeat(4096) } } },
      "environment, in bytes, has 4097, and AWS takes 4096 at most",
    ],
    [
      "days that it does not offer",
      "aws:cloudwatch/logGroup:LogGroup",
      { retentionInDays: 42 },
      "retentionInDays is 42, and AWS takes 1, 3, 5",
    ],
    [
      "an alarm with a long name",
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      { name: "x".repeat(256) },
      "name has 256 characters, and AWS takes 255 at most",
    ],
    [
      "an alarm of no metric's id",
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      { metricQueries: [{ id: "Share" }] },
      'metricQueries[0].id is "Share"',
    ],
    [
      "policies that are too long in all",
      "aws:iam/role:Role",
      { inlinePolicies: [{ name: "a", policy: "x".repeat(10_241) }] },
      "inlinePolicies, in characters, has 10241",
    ],
  ];

  test.for(changes)("%s", ([, type, changed, message], { prod }) => {
    const [first] = prod.state.ofType(type);
    const findings = findMistakes(type, { ...first?.inputs, ...changed });
    expect(findings?.mistakes.join("\n")).toContain(message);
    expect(findings?.mistakes).toHaveLength(1);
  });

  test("and what it does not know is told apart", ({ prod }) => {
    const [first] = prod.state.ofType(FUNCTION);
    const inputs = { ...first?.inputs, colour: "red", loggingConfig: { logFormat: "JSON", font: "Serif" } };
    expect(findMistakes(FUNCTION, inputs)).toMatchObject({
      mistakes: [],
      unknown: expect.arrayContaining(["colour", "loggingConfig.font"]),
    });
    expect(findMistakes("aws:quantum/ledger:Ledger", {})).toBeUndefined();
  });

  test("a deploy, with the resource and the reason", async ({ offline: { project } }) => {
    const file = join(project.root, "infra/api.ts");
    const source = readFileSync(file, "utf8");
    writeFileSync(file, `${source}\nnew aws.cloudwatch.LogGroup("Odd", { retentionInDays: 42 });\n`);
    const { exitCode, output } = await project
      .sst(["deploy", "--stage", "odd"])
      .finally(() => writeFileSync(file, source));
    expect(exitCode).toBe(1);
    expect(output).toContain(
      "AWS would refuse Odd (aws:cloudwatch/logGroup:LogGroup): retentionInDays is 42, and AWS takes 1, 3, 5",
    );
  });
});
