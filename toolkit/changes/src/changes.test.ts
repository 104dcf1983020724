import { once } from "node:events";
import { mkdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { endOf, untilPrinted } from "@lucky/command/child-process";
import { writeApplication } from "@lucky/fixture/write-application";
import { afterEach, describe, expect, test } from "vitest";
import { CONTRACTS, contractsWith, makeRepository, type Repository } from "./testing/testing.ts";

const TEXT = '{ type: "string" }';
const NULLABLE = '{ type: ["string", "null"] }';
const BREAKS = "GET /a, reply 200 may be null now";

const repositories: Repository[] = [];
const make = (files: Readonly<Record<string, string>>) => {
  const repository = makeRepository(files);
  repositories.push(repository);
  return repository;
};
afterEach(() => {
  for (const repository of repositories.splice(0)) {
    expect(repository.leftovers()).toEqual([]);
    repository.remove();
  }
});

describe("pnpm changes", () => {
  test("compares what is on this disk with the last tag of a version", async () => {
    const { git, write, commit, changes } = make({ [CONTRACTS]: contractsWith(TEXT) });
    git("tag", "v1.0.0");
    write(CONTRACTS, contractsWith("{}"));
    commit();
    git("tag", "other");
    write(CONTRACTS, contractsWith(NULLABLE, "1.1.0"));
    expect(await changes()).toEqual({
      exitCode: 1,
      stderr: "",
      stdout: `From v1.0.0 (1.0.0) to this disk (1.1.0)

Breaks callers:
  ${BREAKS}

1 change breaks callers, and 1.1.0 is no new major version after 1.0.0: undo what breaks, or raise about.version in ${CONTRACTS}.
`,
    });
  });

  test("without a tag compares with where the branch left main", async () => {
    const { git, write, commit, changes } = make({ [CONTRACTS]: contractsWith(TEXT) });
    const base = git("rev-parse", "HEAD").slice(0, 12);
    git("switch", "--quiet", "--create", "branch");
    write(CONTRACTS, contractsWith(NULLABLE));
    commit();
    git("switch", "--quiet", "main");
    write(CONTRACTS, contractsWith("{}"));
    commit();
    git("switch", "--quiet", "branch");
    const { stdout, exitCode } = await changes();
    expect(stdout).toContain(`From ${base} (1.0.0) to this disk (1.0.0)\n\nBreaks callers:\n  ${BREAKS}\n\n`);
    expect(exitCode).toBe(1);
  });

  test("compares two commits, by any of their names, and leaves the repository as it was", async () => {
    const { git, write, commit, changes } = make({ [CONTRACTS]: contractsWith(TEXT) });
    write(CONTRACTS, contractsWith(NULLABLE));
    commit();
    write(CONTRACTS, "nothing that can be loaded");
    git("add", CONTRACTS);
    const before = [git("status", "--porcelain"), git("worktree", "list")];
    expect((await changes("HEAD~1", "main")).stdout).toContain(`\n  ${BREAKS}\n`);
    const { stdout, exitCode } = await changes("main", git("rev-parse", "HEAD~1").trim());
    expect(stdout).toContain(
      "\nNew:\n  GET /a, reply 200 can no longer be null\n\nNothing breaks callers.\n",
    );
    expect(exitCode).toBe(0);
    expect([git("status", "--porcelain"), git("worktree", "list")]).toEqual(before);
  });

  test("says what is the same", async () => {
    const { changes } = make({ [CONTRACTS]: contractsWith(TEXT) });
    const { stdout, exitCode } = await changes("HEAD");
    expect(stdout).toBe(
      "From HEAD (1.0.0) to this disk (1.0.0)\n\nThe same:\n  GET /a\n\nNothing breaks callers.\n",
    );
    expect(exitCode).toBe(0);
  });

  test.each([
    ["1.0.0", "2.0.0", [], 0],
    ["1.9.0", "1.10.0", [], 1],
    ["0.1.0", "0.2.0", [], 0],
    ["0.1.0", "0.1.1", [], 1],
    ["2.0.0", "1.0.0", [], 1],
    ["1.0.0", "1.0.0", ["--allow-breaking"], 0],
  ])(
    "lets a version that follows %s as %s does break callers, or not",
    async (before, after, words, exitCode) => {
      const { write, changes } = make({ [CONTRACTS]: contractsWith(TEXT, before) });
      write(CONTRACTS, contractsWith(NULLABLE, after));
      const ended = await changes("HEAD", ...words);
      expect(ended.stdout).toContain(`Breaks callers:\n  ${BREAKS}\n\n1 change breaks callers, `);
      expect(ended.exitCode).toBe(exitCode);
    },
  );

  test("has the same as JSON", async () => {
    const { write, changes } = make({ [CONTRACTS]: contractsWith(TEXT) });
    write(CONTRACTS, contractsWith(NULLABLE));
    const { stdout, exitCode } = await changes("HEAD", "--json");
    expect(JSON.parse(stdout)).toEqual({
      base: { name: "HEAD", version: "1.0.0" },
      head: { name: "this disk", version: "1.0.0" },
      isNewMajor: false,
      breaks: [{ operation: "GET /a", place: "reply 200", says: "may be null now" }],
      news: [],
      same: [],
    });
    expect(exitCode).toBe(1);
  });

  test("has the same as Markdown, in which a text is but a text", async () => {
    const { write, changes } = make({ [CONTRACTS]: contractsWith('{ enum: ["a"] }') });
    write(CONTRACTS, contractsWith('{ enum: ["a", "<img> | @you `x` \\u001b[1m\\n# b"] }'));
    const { stdout, exitCode } = await changes("HEAD", "--markdown");
    expect(stdout).toContain(
      "## What changes for callers\n\nFrom HEAD (1.0.0) to this disk (1.0.0). 1 change breaks",
    );
    expect(stdout).toContain("\n\n### Breaks callers\n\n- GET /a, reply 200 may be ");
    expect(stdout).not.toMatch(/[<>|@`]|^# /m);
    expect(exitCode).toBe(1);
  });

  test("shows nothing that would act on a terminal", async () => {
    const { write, changes } = make({ [CONTRACTS]: contractsWith(TEXT) });
    write(CONTRACTS, contractsWith('{ type: "string", pattern: "\\u001b[2J" }'));
    expect((await changes("HEAD")).stdout).toContain("has the pattern \\u001b[2J now");
  });

  test.each([
    [["a", "b", "c"], 'Give two at most: unexpected argument "c".'],
    [["--json", "--markdown"], "Choose --json or --markdown."],
    [[""], "Give a commit or a document, not an empty text."],
    [["--jsn"], "Unknown option '--jsn'"],
  ])("is called wrongly with %j", async (words, mistake) => {
    const { stdout, stderr, exitCode } = await make({}).changes(...words);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(mistake);
    expect(stderr).toContain("See --help.\n");
  });

  test("has a help", async () => {
    const { stdout, exitCode } = await make({}).changes("--help");
    expect(stdout).toContain("Usage: pnpm changes [<base> [<head>]] [options]\n");
    expect(exitCode).toBe(0);
  });
});

describe("a commit's contracts", () => {
  const installed = (name: string, folder: string) => (repository: Repository) => {
    const link = join(repository.root, "packages/contracts/node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(folder), link);
  };

  test("are loaded with that commit's packages, and with those from elsewhere that are installed", async () => {
    const elsewhere = writeApplication({
      "package.json": '{ "name": "elsewhere", "type": "module", "exports": "./index.js" }',
      "index.js": 'export const format = "email";',
    });
    const head = 'import { type } from "@acme/core"; import { format } from "elsewhere";';
    const core = (type: string) => `export const type = ${JSON.stringify(type)};`;
    const repository = make({
      ".gitignore": "node_modules\n",
      "packages/contracts/package.json":
        '{ "name": "@acme/contracts", "type": "module", "dependencies": { "@acme/core": "workspace:*", "elsewhere": "1.0.0" } }',
      "packages/core/package.json": '{ "name": "@acme/core", "type": "module", "exports": "./index.ts" }',
      "packages/core/index.ts": core("string"),
      [CONTRACTS]: contractsWith("{ type, format }", "1.0.0", head),
    });
    installed("@acme/core", join(repository.root, "packages/core"))(repository);
    installed("elsewhere", elsewhere)(repository);
    repository.write("packages/core/index.ts", core("number"));
    const { stdout, stderr } = await repository.changes("HEAD");
    rmSync(elsewhere, { recursive: true });
    expect(stderr).toBe("");
    expect(stdout).toContain("\n  GET /a, reply 200 is a number now, and was text\n");
  });

  test("are found where the application is a folder of the repository", async () => {
    const { root, start, write, commit } = make({ [`inner/${CONTRACTS}`]: contractsWith(TEXT) });
    write("inner/package.json", '{ "type": "module" }');
    commit();
    write(`inner/${CONTRACTS}`, contractsWith(NULLABLE));
    const { stdout } = await endOf(start(["HEAD"], join(root, "inner")));
    expect(stdout).toContain(`\n  ${BREAKS}\n`);
  });

  test("leave nothing behind where a signal ends the command", async () => {
    const hang = 'process.stderr.write("It hangs."); await new Promise(() => setInterval(() => {}, 1000));';
    const repository = make({ [CONTRACTS]: contractsWith(TEXT, "1.0.0", hang) });
    const child = repository.start(["HEAD"]);
    const ended = once(child, "exit");
    await untilPrinted(child, ["It hangs."], child.stderr);
    expect(repository.leftovers()).toHaveLength(1);
    child.kill("SIGTERM");
    expect(await ended).toEqual([1, null]);
  });

  const WRONG: readonly (readonly [what: string, contracts: string, sentence: RegExp])[] = [
    [
      "no TypeScript",
      "export const api = {\n a: ;",
      /^The contracts of HEAD cannot be loaded: .+\. Compare with/,
    ],
    [
      "nowhere",
      "",
      /^The contracts of HEAD cannot be loaded: there is no packages\/contracts\/src\/index\.ts\. /,
    ],
    [
      "no api",
      "export const other = 1;",
      /: packages\/contracts\/src\/index\.ts exports no api\. Compare with/,
    ],
    [
      "of what is not installed",
      'import "gone"; export const api = {};',
      /: Cannot find package 'gone' imported from packages\/contracts\/src\/index\.ts\. Compare/,
    ],
    [
      "of what throws",
      'throw new Error("It broke.\\nHere.");',
      /: It broke\. Compare with a document instead, such as the one that is deployed: pnpm changes https:/,
    ],
  ];
  test.each(WRONG)("cannot be loaded where they are %s", async (_, contracts, sentence) => {
    const { write, changes } = make(contracts === "" ? {} : { [CONTRACTS]: contracts });
    write(CONTRACTS, contractsWith(TEXT));
    const { stdout, stderr, exitCode } = await changes("HEAD");
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toContain("pnpm-lock.yaml");
    write("pnpm-lock.yaml", "another");
    expect((await changes("HEAD")).stderr).toContain("Its pnpm-lock.yaml differs");
  });

  test("on this disk are told apart", async () => {
    const { write, changes } = make({ [CONTRACTS]: contractsWith(TEXT) });
    write(CONTRACTS, 'throw new Error("It broke.");');
    const { stderr, exitCode } = await changes("HEAD");
    expect(stderr).toBe("The contracts on this disk cannot be loaded: It broke\n");
    expect(exitCode).toBe(1);
  });

  test.each(["nowhere", "--output=x", "HEAD:README"])("are of no commit: %s", async (name) => {
    const { changes } = make({ [CONTRACTS]: contractsWith(TEXT) });
    const { stderr, exitCode } = await changes("--", name);
    expect(stderr).toContain(`There is no commit, tag or branch "${name}" here.`);
    expect(exitCode).toBe(1);
  });

  test("need a base", async () => {
    const { changes, git, root } = make({ [CONTRACTS]: contractsWith(TEXT) });
    git("branch", "--move", "trunk");
    const nothing = "There is no tag such as v1.2.0, and no branch main: name the commit to compare with.\n";
    expect((await changes()).stderr).toBe(nothing);
    rmSync(join(root, ".git"), { recursive: true });
    const { stderr, exitCode } = await changes();
    expect(stderr).toBe(
      `${root} is no git repository. Compare two documents instead: pnpm changes before.json after.json\n`,
    );
    expect(exitCode).toBe(1);
  });
});

describe("documents", () => {
  const documentOf = (type: unknown) =>
    JSON.stringify({
      openapi: "3.1.0",
      info: { version: "1.0.0" },
      paths: {
        "/a": { get: { responses: { 200: { content: { "application/json": { schema: { type } } } } } } },
      },
    });

  test("are compared without a project, from files and URLs", async () => {
    const server = createServer((request, reply) =>
      reply.writeHead(request.url === "/openapi.json" ? 200 : 404).end(documentOf(["string", "null"])),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
    const repository = make({ "folder/before.json": documentOf("string") });
    const inFolder = (...words: readonly string[]) =>
      endOf(repository.start(words, join(repository.root, "folder")));
    const { stdout, exitCode } = await inFolder("before.json", `${url}/openapi.json`);
    const gone = await inFolder("before.json", `${url}/gone`);
    server.close();
    const refused = await inFolder(`${url}/openapi.json`, "before.json");
    expect(stdout).toContain(`From before.json (1.0.0) to ${url}/openapi.json (1.0.0)\n`);
    expect(stdout).toContain(`\n  ${BREAKS}\n`);
    expect(exitCode).toBe(1);
    expect(gone).toEqual({
      stdout: "",
      stderr: `${url}/gone cannot be read: its status is 404\n`,
      exitCode: 1,
    });
    expect(refused.stderr).toMatch(/^http:\S+ cannot be read: fetch failed \(.*ECONNREFUSED.*\)\n$/);
  });

  test.each([
    ["gone.json", undefined, /^gone\.json cannot be read: ENOENT/],
    ["a.json", "{", /^a\.json is no JSON\.\n$/],
    ["a.json", "", /^a\.json is no JSON\.\n$/],
    ["a.json", "null", /^a\.json is no OpenAPI document of version 3\.1 or later\.\n$/],
    ["a.json", '{ "openapi": "3.0.3" }', /^a\.json is no OpenAPI document of version 3\.1 or later\.\n$/],
    ["a.json", '{ "swagger": "2.0" }', /^a\.json is no OpenAPI document of version 3\.1 or later\.\n$/],
  ])("are refused: %s with %j", async (name, content, sentence) => {
    const { changes } = make(content === undefined ? {} : { [name]: content });
    const { stdout, stderr, exitCode } = await changes(name, name);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toMatch(sentence);
  });
});
