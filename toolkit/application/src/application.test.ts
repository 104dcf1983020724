import { rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "@lucky/command/child-process";
import { UsageError } from "@lucky/command/usage-error";
import { fixture } from "@lucky/fixture";
import { writeApplication } from "@lucky/fixture/write-application";
import { afterAll, describe, expect, test } from "vitest";
import {
  type Application,
  CONTRACTS,
  describeFunctions,
  findFunction,
  findRoot,
  loadApplication,
} from "./application.ts";

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

function makeApplication(files: Readonly<Record<string, string>>): string {
  const root = writeApplication(files);
  roots.push(root);
  return root;
}

const contract = (path: string, method = "GET") =>
  `{ method: "${method}", path: "${path}", summary: "", reply: { 204: null } }`;
const functionFiles = (name: string, packageJson = "{}") => ({
  [`functions/${name}/src/handler.ts`]: "",
  [`functions/${name}/package.json`]: packageJson,
});

/** What loadApplication says of a folder, in Node itself, as the commands run it. */
async function load(root: string): Promise<{ application?: Application; error?: string; stack?: string }> {
  const module = JSON.stringify(new URL("application.ts", import.meta.url).href);
  const { stdout } = await run(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `const { loadApplication } = await import(${module});
      const loaded = await loadApplication().then(
        (application) => ({ application }), ({ name, message, stack }) => ({ error: name + ": " + message, stack }));
      console.log(JSON.stringify(loaded));`,
    ],
    { cwd: root },
  );
  return JSON.parse(stdout);
}
const failureOf = async (files: Readonly<Record<string, string>>) =>
  (await load(makeApplication(files))).error;

describe("the application", () => {
  test("has a function for each contract, with its folder, its event and its limits", async () => {
    const { root, functions, cors } = await loadApplication(fixture);
    expect(root).toBe(fixture);
    expect(functions.find(({ name }) => name === "greet")).toEqual({
      name: "greet",
      contract: expect.objectContaining({ method: "POST", path: "/greetings" }),
      entry: join(fixture, "functions/greet/src/handler.ts"),
      eventFile: join(fixture, "functions/greet/event.json"),
      limits: { memoryMegabytes: 1024, timeoutSeconds: 10 },
      bundling: { install: [], loader: { ".sql": "text", ".wasm": "binary" }, copyFiles: [] },
    });
    expect(cors).toMatchObject({ allowOrigins: ["*"] });
  });

  test("is found from any folder in it", () => {
    expect(findRoot(join(fixture, "functions/greet/src"))).toBe(fixture);
  });

  test("may have folders in functions/ that are none", async () => {
    const { functions } = await loadApplication(fixture);
    expect(functions.map(({ name }) => name)).not.toContain("not-a-function");
  });

  test("may have no functions, and no page of another host that may call it", async () => {
    const root = makeApplication({ [CONTRACTS]: "export const api = {};" });
    expect((await load(root)).application).toEqual({ root, functions: [] });
  });

  test("may set limits of a function, all or a part", async () => {
    const root = makeApplication({
      [CONTRACTS]: `export const api = { a: ${contract("/a")}, b: ${contract("/b")} };`,
      ...functionFiles("a", '{ "lambda": { "memoryMegabytes": 2048 } }'),
      ...functionFiles("b", '{ "lambda": { "memoryMegabytes": 10240, "timeoutSeconds": 1 } }'),
    });
    expect((await load(root)).application?.functions.map(({ limits }) => limits)).toEqual([
      { memoryMegabytes: 2048, timeoutSeconds: 10 },
      { memoryMegabytes: 10_240, timeoutSeconds: 1 },
    ]);
  });
});

test("an application that uses what cannot be had is refused", async () => {
  const use = (name: string) =>
    `{ resource: { kind: "secret", name: "${name}", summary: "A key" }, right: "read" }`;
  const using = (uses: string) => ({
    [CONTRACTS]: `export const api = { keys: { ...${contract("/keys")}, uses: ${uses} } };`,
    ...functionFiles("keys"),
  });
  expect(await failureOf(using(`{ key: ${use("mail-key")} }`))).toBeUndefined();
  expect(await failureOf(using(`{ key: ${use("aws-region")} }`))).toMatch(
    /^ApplicationError: The secret aws-region cannot be had: its variable would be AWS_REGION/,
  );
  expect(await failureOf(using(`{ body: ${use("mail-key")} }`))).toMatch(/it uses something as body/);
});

describe("a mistake in the application is told in a sentence:", () => {
  test("no application", async () => {
    const root = makeApplication({});
    const { error, stack } = await load(root);
    const message = `There is no ${CONTRACTS} in ${root} or above: run it in a project.`;
    expect(error).toBe(`ApplicationError: ${message}`);
    expect(stack).toBe(message);
  });

  test.each<[mistake: string, contracts: string, sentence: string]>([
    [
      "contracts that are no TypeScript",
      "\nexport const api = { ;",
      `Unexpected token \`;\`. Expected identifier, string literal, numeric literal or [ for the computed key (${CONTRACTS}:2)`,
    ],
    [
      "contracts of a syntax that Node does not run",
      "export enum X {}",
      `TypeScript enum is not supported in strip-only mode (${CONTRACTS}:1)`,
    ],
    ["contracts that throw", '\n\nthrow new Error("no\\nmore");', `no (${CONTRACTS}:3)`],
    ["contracts that throw what is no Error", 'throw "no";', "no"],
    [
      "contracts that import what is not there",
      'import "./missing.ts";',
      `Cannot find module 'packages/contracts/src/missing.ts' imported from ${CONTRACTS}`,
    ],
    [
      "contracts that import a package that is not installed",
      'import "missing";',
      `Cannot find package 'missing' imported from ${CONTRACTS}`,
    ],
    [
      "contracts that import a name that is not there",
      'import { x } from "node:fs"; x;',
      `The requested module 'node:fs' does not provide an export named 'x' (${CONTRACTS}:1)`,
    ],
  ])("%s", async (_, contracts, sentence) => {
    expect(await failureOf({ [CONTRACTS]: contracts })).toBe(
      `ApplicationError: ${CONTRACTS} cannot be loaded: ${sentence}`,
    );
  });

  test("where a contract beside it is broken", async () => {
    const other = "packages/contracts/src/other.ts";
    const files = { [CONTRACTS]: 'import "./other.ts";', [other]: "const x: number = ;" };
    expect(await failureOf(files)).toBe(
      `ApplicationError: ${CONTRACTS} cannot be loaded: Expression expected (${other}:1)`,
    );
  });

  test.each(["", "export const contracts = {};", "export const api = [];", "export const api = null;"])(
    "contracts without api: %j",
    async (contracts) => {
      expect(await failureOf({ [CONTRACTS]: contracts })).toBe(
        `ApplicationError: ${CONTRACTS} must export api: an object that has each contract by the name of its function's folder.`,
      );
    },
  );

  test.each(["7", "null", "{}", '{ path: "/a" }', '{ method: "GET", path: "a" }', "() => {}"])(
    "what is no contract: %s",
    async (entry) => {
      expect(
        await failureOf({ [CONTRACTS]: `export const api = { a: ${entry} };`, ...functionFiles("a") }),
      ).toBe(
        `ApplicationError: a in the api of ${CONTRACTS} is no contract: it needs a method, and a path that starts with a slash.`,
      );
    },
  );

  test.each([
    [
      '{ method: "FETCH", path: "/a" }',
      '"FETCH" is not a method of a contract: use GET, POST, PUT, PATCH, DELETE.',
    ],
    [
      '{ method: "GET", path: "/a/{id+}/b" }',
      '"/a/{id+}/b" is not a path: {id+} takes all that follows: put it last.',
    ],
    ['{ method: "GET", path: "/a/{id}/{id}" }', '"/a/{id}/{id}" is not a path: it has {id} twice.'],
  ])("a route that cannot be: %s", async (entry, sentence) => {
    expect(
      await failureOf({ [CONTRACTS]: `export const api = { a: ${entry} };`, ...functionFiles("a") }),
    ).toBe(`ApplicationError: The contract a: ${sentence}`);
  });

  test.each([
    ['{ allowOrigins: "*" }', 'cors.allowOrigins must be a list of strings, such as ["*"].'],
    ["null", 'cors.allowOrigins must be a list of strings, such as ["*"].'],
    [
      "{ allowOrigins: [], allowMethods: [], allowHeaders: [], exposeHeaders: [7] }",
      'cors.exposeHeaders must be a list of strings, such as ["*"].',
    ],
    [
      "{ allowOrigins: [], allowMethods: [], allowHeaders: [], exposeHeaders: [], maxAgeSeconds: -1 }",
      "cors.maxAgeSeconds must be a whole number of seconds, such as 86400.",
    ],
  ])("CORS that no gateway understands: %s", async (cors, sentence) => {
    expect(await failureOf({ [CONTRACTS]: `export const api = {};\nexport const cors = ${cors};` })).toBe(
      `ApplicationError: ${sentence}`,
    );
  });

  test.each<[mistake: string, one: string, other: string, sentence: string]>([
    [
      "two contracts on one route",
      contract("/a"),
      contract("/a"),
      "The contracts a and b have the same route, GET /a: change one.",
    ],
    [
      "two names for the parameters of one path",
      contract("/a/{id}"),
      contract("/a/{key}", "PUT"),
      "The contracts a and b name the parameters of one path differently, /a/{id} and /a/{key}: use the same names.",
    ],
  ])("%s", async (_, one, other, sentence) => {
    const contracts = `export const api = { a: ${one}, b: ${other} };`;
    const files = { [CONTRACTS]: contracts, ...functionFiles("a"), ...functionFiles("b") };
    expect(await failureOf(files)).toBe(`ApplicationError: ${sentence}`);
  });

  test.each<[mistake: string, parts: string, sentence: string]>([
    [
      "a problem of the gateway's own",
      'problems: { "not-found": { status: 404, title: "" } }',
      "The contract a cannot be kept: its problem not-found is one of the gateway's own: call it something else.",
    ],
    [
      "a query without an example that works",
      'query: { "~standard": { validate: ({ q }) => q ? { value: { q } } : { issues: [{ path: ["q"], message: "Give q." }] } } }',
      "The contract a needs examples.query that its schema takes. q: Give q.",
    ],
  ])("a contract that cannot be kept: %s", async (_, parts, sentence) => {
    const api = `{ a: { method: "GET", path: "/a", summary: "", reply: { 204: null }, ${parts} } }`;
    expect(await failureOf({ [CONTRACTS]: `export const api = ${api};`, ...functionFiles("a") })).toBe(
      `ApplicationError: ${sentence}`,
    );
  });

  test("two functions that are one for clients", async () => {
    const contracts = `export const api = { "draw-2": ${contract("/a")}, draw2: ${contract("/b")} };`;
    expect(await failureOf({ [CONTRACTS]: contracts })).toBe(
      "ApplicationError: The contracts draw-2 and draw2 are both draw2 for clients: call one of them something else.",
    );
  });

  test("a reply that JSON cannot say, with the codec to write", async () => {
    const reply = '{ "~standard": { validate() {} }, _zod: { def: { type: "date" } } }'; // as zod makes it
    const api = `{ a: { method: "GET", path: "/a", summary: "", reply: ${reply} } }`;
    expect(await failureOf({ [CONTRACTS]: `export const api = ${api};`, ...functionFiles("a") })).toBe(
      "ApplicationError: Reply 200 of a: # is a Date, which JSON does not have. Write: z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() })",
    );
  });

  test("a summary that Lambda does not take", async () => {
    const api = (length: number) =>
      `{ a: { method: "GET", path: "/a", summary: "x".repeat(${length}), reply: { 204: null } } }`;
    expect(await failureOf({ [CONTRACTS]: `export const api = ${api(257)};`, ...functionFiles("a") })).toBe(
      "ApplicationError: The summary of a has 257 characters: Lambda takes 256 at most. Write the rest as its description.",
    );
  });

  test("a contract without its function", async () => {
    expect(await failureOf({ [CONTRACTS]: `export const api = { a: ${contract("/a")} };` })).toBe(
      `ApplicationError: The contract a has no function: write functions/a/src/handler.ts, or take it out of ${CONTRACTS}.`,
    );
  });

  const RANGE = "memoryMegabytes in functions/a/package.json must be a whole number from 128 to 10240.";
  const UNKNOWN = '"lambda" in functions/a/package.json has the unknown field';
  const FIELDS = "it takes memoryMegabytes, timeoutSeconds, install, loader, copyFiles.";
  const SHAPE = `"lambda" in functions/a/package.json must be an object, such as {"memoryMegabytes":1024,"timeoutSeconds":10}.`;
  test.each([
    ['"large"', SHAPE],
    ["[1024]", SHAPE],
    ['{ "memoryMegabytes": "2048" }', RANGE],
    ['{ "memoryMegabytes": 127 }', RANGE],
    ['{ "memoryMegabytes": 10241 }', RANGE],
    ['{ "memoryMegabytes": 1024.5 }', RANGE],
    ['{ "memoryMegabytes": null }', RANGE],
    [
      '{ "timeoutSeconds": 0 }',
      "timeoutSeconds in functions/a/package.json must be a whole number from 1 to 29.",
    ],
    [
      '{ "timeoutSeconds": 30 }',
      "timeoutSeconds in functions/a/package.json must be a whole number from 1 to 29.",
    ],
    ['{ "memory": 1024 }', `${UNKNOWN} memory: ${FIELDS}`],
    ['{ "toString": 1024 }', `${UNKNOWN} toString: ${FIELDS}`],
  ])("limits that Lambda would not take: %s", async (limits, sentence) => {
    const files = {
      [CONTRACTS]: `export const api = { a: ${contract("/a")} };`,
      ...functionFiles("a", `{ "lambda": ${limits} }`),
    };
    expect(await failureOf(files)).toBe(`ApplicationError: ${sentence}`);
  });

  test.each([
    ["is no JSON", functionFiles("a", "{"), "Expected property name or '}' in JSON"],
    ["is not there", { "functions/a/src/handler.ts": "" }, "ENOENT"],
  ])("a package.json that %s", async (_, files, reason) => {
    const contracts = { [CONTRACTS]: `export const api = { a: ${contract("/a")} };` };
    expect(await failureOf({ ...contracts, ...files })).toContain(
      `ApplicationError: functions/a/package.json cannot be read: ${reason}`,
    );
  });
});

describe("a function that is named", () => {
  test("is found, or the error lists those that there are", async () => {
    const { functions } = await loadApplication(fixture);
    expect(findFunction(functions, "greet").name).toBe("greet");
    const names = functions.map(({ name }) => name).join(", ");
    expect(() => findFunction(functions, "gret")).toThrow(
      new UsageError(`There is no function "gret". The functions are: ${names}.`),
    );
  });

  test("is none where there are no functions, and the error says how to make one", () => {
    expect(describeFunctions([])).toBe("There are no functions yet: pnpm new <name> makes one.");
  });
});
