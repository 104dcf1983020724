import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { run } from "@lucky/command/child-process";
import { writeApplication } from "@lucky/fixture/write-application";
import { describe, expect, onTestFinished, test } from "vitest";
import { ENVIRONMENT, readVariables } from "./variables.ts";

function makeApplication(files: Readonly<Record<string, string>>): string {
  const root = writeApplication(files);
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}
const read = (files: Readonly<Record<string, string>>) =>
  readVariables(makeApplication(files), "local", "greet");
const environment = (value: string) =>
  `export const environmentOf = (stage: string, functionName: string) => (${value});`;

/** What is read in Node itself, as the commands run it, at first and after those statements: Vitest has modules of its own. */
async function readInNode(files: Readonly<Record<string, string>>, statements = "") {
  const module = JSON.stringify(new URL("variables.ts", import.meta.url).href);
  const script = `
    import { utimesSync, writeFileSync } from "node:fs";
    const { readVariables } = await import(${module});
    const read = () => readVariables(process.cwd(), "prod", "greet").catch(String);
    const first = await read();
    ${statements}
    console.log(JSON.stringify({ first, second: await read() }));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: makeApplication(files),
  });
  return JSON.parse(stdout);
}

describe("the variables of a function on this machine", () => {
  test("are none where nothing says any", async () => {
    expect(await read({})).toEqual({});
    expect(await read({ ".env.local": "" })).toEqual({});
  });

  test("are those of .env.local, as Node reads such a file", async () => {
    const text = `\uFEFF# a comment
CITY=Berlin # another
export COUNTRY = Germany

EMPTY=
  KEY='a "quoted" # value'
PEM="first
second=line
third"\r\nLAST=\`x\`
CITY=Bonn`;
    const variables = await read({ ".env.local": text });
    expect(variables).toEqual({
      CITY: "Bonn",
      COUNTRY: "Germany",
      EMPTY: "",
      KEY: 'a "quoted" # value',
      PEM: "first\nsecond=line\nthird",
      LAST: "x",
    });
    expect(variables).toEqual({ ...parseEnv(text.slice(1)) });
  });

  test("are those that infra/environment.ts gives for a stage, and over them those of .env.local", async () => {
    const files = {
      [ENVIRONMENT]: environment('{ STAGE: stage, FOR: functionName, NODE_ENV: "production" }'),
      ".env.local": "NODE_ENV=test",
    };
    const { first } = await readInNode(files);
    expect(first).toEqual({ STAGE: "prod", FOR: "greet", NODE_ENV: "test" });
  });

  test("are read anew after an edit of either", async () => {
    const files = { [ENVIRONMENT]: environment('{ ONE: "1" }'), ".env.local": "TWO=1" };
    const edits = `
      writeFileSync("${ENVIRONMENT}", ${JSON.stringify(environment('{ ONE: "2" }'))});
      utimesSync("${ENVIRONMENT}", 1, 1);
      writeFileSync(".env.local", "TWO=2");`;
    expect(await readInNode(files, edits)).toEqual({
      first: { ONE: "1", TWO: "1" },
      second: { ONE: "2", TWO: "2" },
    });
  });

  test("may have as many bytes as Lambda takes, names and values", async () => {
    const text = `NAME=${"x".repeat(4092)}`;
    expect(await read({ ".env.local": text })).toHaveProperty("NAME");
    await expect(read({ ".env.local": `${text}x` })).rejects.toThrow(
      "The variables of greet, of infra/environment.ts and .env.local, have 4097 bytes: Lambda takes 4096 in all.",
    );
  });
});

describe("a mistake in the variables is told with its place:", () => {
  const SHAPE = "is not NAME=value. A value in quotes ends with them, and nothing but a comment follows.";
  const NAME =
    "is no name of a variable on Lambda: it takes a letter, then letters, digits and _, two at least.";
  test.each([
    ["CITY", `.env.local:1 ${SHAPE}`],
    ["CITY: Berlin", `.env.local:1 ${SHAPE}`],
    ["A1=x\n\n=Berlin", `.env.local:3 ${SHAPE}`],
    ["NEW CITY=Berlin", `.env.local:1 ${SHAPE}`],
    ['ONE="a\nb"\nTWO="a\nTHREE=3', `.env.local:3 ${SHAPE}`],
    ['CITY="Berlin" Mitte', `.env.local:1 ${SHAPE}`],
    ['CITY="a \\"quote\\""', `.env.local:1 ${SHAPE}`],
    ["\u0001\u0002", `.env.local:1 ${SHAPE}`],
    ["A=1", `.env.local:1: "A" ${NAME}`],
    ["1A=1", `.env.local:1: "1A" ${NAME}`],
    ["MY-CITY=1", `.env.local:1: "MY-CITY" ${NAME}`],
    ["STÄDTE=1", `.env.local:1: "STÄDTE" ${NAME}`],
    ["__proto__=1", `.env.local:1: "__proto__" ${NAME}`],
    ["AWS_REGION=eu-central-1", ".env.local:1: AWS_REGION is set by Lambda itself: take it out."],
    ["A1=1\n_HANDLER=x", ".env.local:2: _HANDLER is set by Lambda itself: take it out."],
    [
      "AWS_PROFILE=prod",
      ".env.local:1: AWS_PROFILE is not for functions: --aws gives them this shell's credentials.",
    ],
    ["CITY=a\0b", ".env.local:1: CITY has a NUL character, which no variable can have."],
  ])("%j", async (text, sentence) => {
    await expect(read({ ".env.local": text })).rejects.toThrow(
      expect.objectContaining({ name: "ApplicationError", message: sentence }),
    );
  });

  test("a .env.local that cannot be read", async () => {
    const root = makeApplication({});
    mkdirSync(join(root, ".env.local"));
    await expect(readVariables(root, "local", "greet")).rejects.toThrow(
      /^\.env\.local cannot be read: EISDIR/,
    );
  });

  test.each([
    ["export const x = ;", "cannot be loaded: Expression expected (infra/environment.ts:1)"],
    ["$app;", "cannot be loaded: $app is not defined (infra/environment.ts:1)"],
    [
      "export {};",
      "must export environmentOf: what variables a function has, by the names of the stage and of the function.",
    ],
  ])("infra/environment.ts with %s", async (text, sentence) => {
    const { first } = await readInNode({ [ENVIRONMENT]: text });
    expect(first).toBe(`ApplicationError: ${ENVIRONMENT} ${sentence}`);
  });

  test.each([
    ["7", 'environmentOf in infra/environment.ts must give an object, such as {"NODE_ENV":"production"}.'],
    ["{ PORT: 3000 }", "infra/environment.ts, of greet: PORT must be a string."],
    [
      '{ AWS_REGION: "eu-central-1" }',
      "infra/environment.ts, of greet: AWS_REGION is set by Lambda itself: take it out.",
    ],
  ])("an environment of %s", async (value, sentence) => {
    const { first } = await readInNode({ [ENVIRONMENT]: environment(value) });
    expect(first).toBe(`ApplicationError: ${sentence}`);
  });
});

describe("what a function uses", () => {
  const value = (variable: string) => ({ name: variable.toLowerCase(), summary: "", variable });
  const draws = {
    name: "draws",
    variable: "TABLE_DRAWS",
    key: { partition: "id" },
    indexes: {},
    numbers: [],
  };
  const functions = [
    { name: "greet", uses: { tables: [draws], secrets: [value("MAIL_KEY")], settings: [value("SENDER")] } },
    { name: "other", uses: { tables: [], secrets: [value("OTHER_KEY")], settings: [value("SIZE")] } },
    { name: "plain", uses: { tables: [], secrets: [], settings: [] } },
  ];
  const readOf = (name: string, files: Readonly<Record<string, string>>, rest = {}) =>
    readVariables(makeApplication(files), "prod", name, { functions, ...rest });
  /** Without types, as Vitest has them loaded. */
  const settingsOf = (settings: string, own = "{ COMMON: stage }") =>
    `export const environmentOf = (stage) => (${own});
     export const settingsOf = (stage) => (${settings});`;
  const envFile = "MAIL_KEY=m\nOTHER_KEY=o\nSIZE=9\nMINE=all\nTABLE_DRAWS=other";

  test("is in its variables alone: settings of the stage, secrets of .env.local, tables of this machine", async () => {
    const files = {
      "infra/environment.ts": settingsOf("{ SENDER: stage + '@example.com', SIZE: '1' }"),
      ".env.local": envFile,
    };
    const common = { COMMON: "prod", MINE: "all" };
    expect(await readOf("greet", files)).toEqual({
      ...common,
      SENDER: "prod@example.com",
      MAIL_KEY: "m",
      TABLE_DRAWS: "draws",
    });
    expect(await readOf("other", files)).toEqual({
      ...common,
      OTHER_KEY: "o",
      SIZE: "9",
      TABLE_DRAWS: "other",
    });
    expect(await readOf("plain", files)).toEqual({ ...common, TABLE_DRAWS: "other" });
  });

  test("is a table on AWS where the function acts there", async () => {
    expect(await readOf("greet", { ".env.local": envFile }, { hasAwsTables: true })).toMatchObject({
      TABLE_DRAWS: "other",
    });
    expect(await readOf("greet", {}, { hasAwsTables: true })).toEqual({});
  });

  test("is set in infra/environment.ts for the function itself, or in .env.local, over the stage's settings", async () => {
    const common = settingsOf("{ SENDER: 'stage' }", "{ SENDER: 'function' }");
    const files = { "infra/environment.ts": common };
    expect(await readOf("greet", files)).toMatchObject({ SENDER: "function" });
    expect(await readOf("greet", { ...files, ".env.local": "SENDER=here" })).toMatchObject({
      SENDER: "here",
    });
  });

  test.each([
    [
      "'SENDER=1'",
      'settingsOf in infra/environment.ts must give an object, such as {"SENDER":"hello@example.com"}.',
    ],
    ["{ SENDER: 1 }", "infra/environment.ts: SENDER must be a string."],
  ])("is refused where settingsOf gives %s", async (settings, sentence) => {
    await expect(readOf("greet", { "infra/environment.ts": settingsOf(settings) })).rejects.toThrow(sentence);
  });
});
