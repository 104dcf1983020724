import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { endOf } from "@lucky/command/child-process";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { copyFixture, type FixtureCopy } from "./fixture-copy.ts";
import { LONGEST_APP_AND_NAME } from "./function-name.ts";
import { UPSTREAM } from "./product.ts";

let copy: FixtureCopy;
beforeAll(() => {
  copy = copyFixture();
});
afterEach(() => {
  copy.git("checkout", "--quiet", ".");
  copy.git("clean", "-d", "--force", "--quiet");
  for (const name of ["made-by-test", "also-by-test"])
    rmSync(copy.path(`functions/${name}`), { recursive: true, force: true });
});
const SOON = { timeout: 30_000, interval: 2 };
afterAll(() => copy?.remove());

const create = (...words: string[]) => copy.run("new.ts", [...words, "--no-install"]);
const INDEX = "packages/contracts/src/index.ts";
const filesOf = (name: string) => [
  `packages/core/src/${name}.ts`,
  `packages/core/src/${name}.test.ts`,
  `packages/contracts/src/${name}.ts`,
  ...["package.json", "tsconfig.json", "event.json", "src/handler.ts", "src/handler.test.ts"].map(
    (file) => `functions/${name}/${file}`,
  ),
];

/** What the registry of the copy says of a function; it may have no mistake. */
function contractOf(name: string): unknown {
  const code = `import { api } from "${UPSTREAM.scope}/contracts";
    import { findMistake } from "@lucky/gateway/mistake";
    const mistake = findMistake(api);
    if (mistake) throw new Error(mistake);
    console.log(JSON.stringify(api["${name}"]))`;
  const options = { cwd: copy.root, encoding: "utf8" } as const;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", code], options));
}

describe("pnpm new writes", () => {
  test.each([
    ["with a body", "made-by-test", [], { method: "POST", path: "/made_by_test", example: { name: "Ada" } }],
    [
      "without one",
      "made-by-test",
      ["--method", "get"],
      { method: "GET", path: "/made_by_test", summary: "Says hello" },
    ],
    [
      "with parameters",
      "made-by-test",
      ["--method=GET", "--path=/by-test/{id}/{path+}"],
      {
        path: "/by-test/{id}/{path+}",
        examples: { params: { id: "7", path: "2026/report.txt" } },
        replyExample: { id: "7", path: "2026/report.txt", message: "Hello from made-by-test." },
      },
    ],
    [
      "with both, and the longest name",
      "a".repeat(LONGEST_APP_AND_NAME - UPSTREAM.app.length),
      ["--method", "PUT", "--path", "/by-test/{draw_id}/numbers/{message}"],
      { method: "PUT", params: expect.anything(), body: expect.anything() },
    ],
    [
      "with a body that is not wanted",
      "made-by-test",
      ["--no-body"],
      { method: "POST", path: "/made_by_test", summary: "Says hello" },
    ],
    [
      "with a summary of one's own",
      "made-by-test",
      ["--summary", 'It\'s "$`told`" \\ so'],
      { summary: 'It\'s "$`told`" \\ so' },
    ],
  ])("a function %s, as biome wants it", async (_, name, words, contract) => {
    const { stdout, stderr, exitCode } = await create(name, ...words);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    for (const file of filesOf(name)) expect(stdout).toContain(`  ${file}\n`);
    expect(stdout).toContain("pnpm install");
    expect(stdout).toContain(`pnpm invoke ${name} `);
    const changed = copy.git("status", "--porcelain", "--untracked-files=all").trim().split("\n");
    expect(changed.map((line) => line.trim().split(" ")[1]).sort()).toEqual([...filesOf(name), INDEX].sort());
    expect(await copy.check()).toMatchObject({ exitCode: 0 });
    expect(contractOf(name)).toMatchObject(contract);
  });

  test("with the scope that the product's packages have", async () => {
    copy.write("packages/contracts/package.json", '{ "name": "@shop/contracts", "type": "module" }');
    expect(await create("made-by-test")).toMatchObject({ stderr: "", exitCode: 0 });
    for (const file of filesOf("made-by-test")) expect(copy.read(file)).not.toContain(UPSTREAM.scope);
    expect(copy.read("packages/contracts/src/made-by-test.ts")).toContain('from "@shop/core/made-by-test"');
    expect(copy.read("functions/made-by-test/src/handler.ts")).toContain(
      'from "@shop/contracts/made-by-test"',
    );
    expect(JSON.parse(copy.read("functions/made-by-test/package.json"))).toMatchObject({
      name: "@shop/function-made-by-test",
      dependencies: {
        "@shop/contracts": "workspace:*",
        "@shop/core": "workspace:*",
        "@lucky/gateway": "workspace:*",
      },
    });
  });

  test("nothing with --dry-run, and says what it would", async () => {
    const { stdout, exitCode } = await create("made-by-test", "--dry-run");
    expect(exitCode).toBe(0);
    for (const file of [...filesOf("made-by-test"), INDEX]) expect(stdout).toContain(`  ${file}\n`);
    expect(copy.status()).toBe("");
  });
});

describe("pnpm new refuses, with 2 and the tree as it was,", () => {
  test.each<[string, string[], string]>([
    ["no name", [], "Name the function, as in pnpm new send-mail."],
    ["two names", ["a", "b"], 'unexpected argument "b"'],
    ["a bad name", ["Send_Mail"], '"Send_Mail" is no name'],
    ["a name that JavaScript has", ["constructor"], "means something else in code"],
    ["a name that is taken", ["lucky-numbers"], "There is a function lucky-numbers."],
    ["a name of a resource", ["api-server"], "infra/ has a resource of that name"],
    ["a name of a resource of the toolkit's", ["alarms"], "infra/ has a resource of that name"],
    ["a name that index.ts has", ["cors"], "index.ts has another cors"],
    ["a file of the contracts", ["paging"], "There is packages/contracts/src/paging.ts already"],
    ["a file of the domain", ["zod"], "There is packages/core/src/zod.ts already"],
    ["a file of the domain", ["purity"], "There is packages/core/src/purity.ts already"],
    ["the registry itself", ["index"], "There is packages/contracts/src/index.ts already"],
    [
      "a taken route",
      ["made-by-test", "--path", "/lucky_numbers"],
      "The contracts lucky-numbers and made-by-test have the same route, POST /lucky_numbers: change one.",
    ],
    ["a path of the site", ["made-by-test", "--path", "/assets/x"], "the web site has /assets"],
    ["an unknown method", ["made-by-test", "--method", "FETCH"], "--method takes GET, POST"],
    [
      "a GET with a body",
      ["made-by-test", "--method", "GET", "--body"],
      "A GET has no body: leave out --body.",
    ],
    ["a DELETE with a body", ["made-by-test", "--method", "DELETE", "--body"], "A DELETE has no body"],
    ["a summary of two lines", ["made-by-test", "--summary", "a\nb"], "--summary takes one line"],
    ["an empty summary", ["made-by-test", "--summary", " "], "--summary takes one line"],
    ["a summary too long for AWS", ["made-by-test", "--summary", "a".repeat(257)], "up to 256 characters"],
    ["an unknown option", ["made-by-test", "--get"], "Unknown option '--get'"],
    ["no name to remove", ["--remove"], "Name the function"],
    [
      "an unknown function to remove",
      ["made-by-test", "--remove"],
      'There is no function "made-by-test". The functions are:',
    ],
  ])("%s", async (_, words, message) => {
    const { stdout, stderr, exitCode } = await create(...words);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(message);
    expect(copy.status()).toBe("");
  });
});

describe("pnpm new writes all or nothing:", () => {
  const untouched = (before: string) => expect(copy.status()).toBe(before);

  test("a registry of another shape is left alone, and it says what to add by hand", async () => {
    copy.write(INDEX, copy.read(INDEX).replace("export const api = {", "export const api = {\n  ...{},"));
    const before = copy.read(INDEX);
    const { stderr, exitCode } = await create("made-by-test");
    expect(exitCode).toBe(1);
    expect(stderr).toContain('import { madeByTest } from "./made-by-test.ts";');
    expect(copy.read(INDEX)).toBe(before);
    untouched(` M ${INDEX}\n`);
  });

  test("a folder that cannot be written to", async () => {
    symlinkSync("nowhere", copy.path("functions/made-by-test"));
    const before = copy.status();
    const { stderr, exitCode } = await create("made-by-test");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining("functions/made-by-test"),
    });
    expect(before).not.toBe("");
    untouched(before);
  });

  /** An install that changes the lockfile and a folder, and then does that. */
  function fakePnpm(then: string): NodeJS.ProcessEnv {
    const file = copy.path("node_modules/fake-pnpm");
    rmSync(file, { force: true });
    copy.write(
      "node_modules/fake-pnpm",
      `#!/bin/sh\necho changed >> pnpm-lock.yaml\nmkdir -p functions/made-by-test/node_modules\necho "$*" > node_modules/asked\n${then}\n`,
    );
    chmodSync(file, 0o755);
    return { npm_execpath: file };
  }
  afterEach(() => rmSync(copy.path("node_modules/asked"), { force: true }));

  test("an install that fails", async () => {
    const { stderr, exitCode } = await copy.run(
      "new.ts",
      ["made-by-test"],
      fakePnpm("echo no space >&2; exit 3"),
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/pnpm install failed:\nno space\n\nEverything is as it was\.\n$/);
    expect(copy.read("node_modules/asked")).toContain("--no-frozen-lockfile");
    untouched("");
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s during the install", async (signal) => {
    const child = copy.start("new.ts", ["made-by-test"], fakePnpm("exec sleep 60"));
    await vi.waitFor(() => expect(existsSync(copy.path("node_modules/asked"))).toBe(true), SOON);
    child.kill(signal);
    const { stderr, exitCode } = await endOf(child);
    expect({ stderr, exitCode }).toEqual({ stderr: "Stopped.\nEverything is as it was.\n", exitCode: 1 });
    untouched("");
  });

  test("a signal before anything is written", async () => {
    const child = copy.start("new.ts", ["made-by-test"], fakePnpm("exec sleep 60"));
    await vi.waitFor(() => expect(existsSync(copy.path("node_modules/.scaffold.lock"))).toBe(true), SOON);
    child.kill("SIGTERM");
    await once(child, "close");
    expect(child.exitCode).toBe(1);
    expect(existsSync(copy.path("node_modules/.scaffold.lock"))).toBe(false);
    untouched("");
  });

  test("of two at once one wins and the other is refused, and the registry has the one", async () => {
    const slow = fakePnpm("exec sleep 1");
    const both = await Promise.all(
      ["made-by-test", "also-by-test"].map((name) => copy.run("new.ts", [name], slow)),
    );
    expect(both.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
    const [winner, loser] =
      both[0]?.exitCode === 0 ? ["made-by-test", "also-by-test"] : ["also-by-test", "made-by-test"];
    expect(both.map(({ stderr }) => stderr).join("")).toContain(
      "Another pnpm new or pnpm rename is at work here.",
    );
    for (const file of filesOf(winner)) expect(existsSync(copy.path(file))).toBe(true);
    for (const file of filesOf(loser)) expect(existsSync(copy.path(file))).toBe(false);
    expect(contractOf(winner)).toMatchObject({ summary: "Greets by name" });
    expect(copy.read(INDEX)).not.toContain(loser);
  });
});

describe("pnpm new --remove", () => {
  const remove = (...words: string[]) => create("--remove", ...words);

  test("takes away all that was written", async () => {
    await create("made-by-test");
    copy.git("add", "--all"); // as if it were to be committed
    expect(await remove("made-by-test", "--force")).toMatchObject({ exitCode: 0, stderr: "" });
    copy.git("add", "--all");
    expect(copy.status()).toBe("");
    expect(existsSync(copy.path("functions/made-by-test"))).toBe(false);
  });

  test("takes the folder with all that was put there", async () => {
    mkdirSync(copy.path("functions/openapi/node_modules"));
    copy.write("functions/openapi/note.log", "ignored by git");
    expect(await remove("openapi")).toMatchObject({ exitCode: 0 });
    expect(existsSync(copy.path("functions/openapi"))).toBe(false);
    expect(copy.read(INDEX)).not.toContain("openapi");
  });

  test("refuses to lose what git does not have, unless forced", async () => {
    await create("made-by-test");
    const before = copy.status();
    const { stderr, exitCode } = await remove("made-by-test");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(
        /^Git does not have all of made-by-test: commit it, or use --force to lose it\.\n\?\? functions\/made-by-test\//,
      ),
    });
    expect(copy.status()).toBe(before);
  });

  test("only says what it would do with --dry-run", async () => {
    await create("made-by-test");
    copy.write("functions/made-by-test/src/beside.ts", "export {};");
    const before = copy.status();
    const { stdout, exitCode } = await remove("made-by-test", "--force", "--dry-run");
    expect(exitCode).toBe(0);
    for (const file of [INDEX, ...filesOf("made-by-test"), "functions/made-by-test/src/beside.ts"]) {
      expect(stdout).toContain(`  ${file}\n`);
    }
    expect(copy.status()).toBe(before);
  });
});

test("pnpm new --help explains itself and exits with 0", async () => {
  const { stdout, exitCode } = await copy.run("new.ts", ["--help"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Makes a function.*Usage: pnpm new.*--method.*--path.*--remove.*Exit code/s);
});
