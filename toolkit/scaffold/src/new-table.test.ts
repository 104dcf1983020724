import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { copyFixture, type FixtureCopy } from "./fixture-copy.ts";
import { RESOURCES } from "./resources-file.ts";

let copy: FixtureCopy;
beforeAll(() => {
  copy = copyFixture();
});
afterEach(() => {
  copy.git("checkout", "--quiet", ".");
  copy.git("clean", "-d", "--force", "--quiet");
  rmSync(copy.path("functions"), { recursive: true });
  copy.git("checkout", "--quiet", ".");
});
afterAll(() => copy?.remove());

const create = (...words: string[]) => copy.run("new.ts", [...words, "--no-install"]);
const make = async (...words: string[]) =>
  expect(await create(...words)).toMatchObject({ stderr: "", exitCode: 0 });
const ITEMS = ["packages/core/src/notes-item.ts", "packages/core/src/notes-item.test.ts"];
const MANIFEST = "packages/contracts/package.json";

/** Runs code in the copy, which prints JSON. */
function evaluate(code: string): unknown {
  const options = { cwd: copy.root, encoding: "utf8" } as const;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", code], options));
}

/** What the registry of the copy says of what functions use; it may have no mistake. */
function uses(): unknown {
  return evaluate(`import { api } from "${"@acme/contracts"}";
    import { findMistake } from "@lucky/gateway/mistake";
    import { findResourceMistake } from "@lucky/resources/mistake";
    const mistake = findMistake(api) ?? findResourceMistake(api);
    if (mistake) throw new Error(mistake);
    const used = ({ uses = {} }) => Object.entries(uses).map(([name, { right, resource }]) => [name, right, resource.name].join());
    console.log(JSON.stringify(Object.fromEntries(Object.entries(api).map(([name, contract]) => [name, used(contract)]))))`);
}

describe("pnpm new --table writes", () => {
  test("a function for each method with the right that it needs, as biome wants it", async () => {
    await make("keep-note", "--table", "notes");
    for (const method of ["get", "put", "patch", "delete"])
      await make(`${method}-note`, "--method", method, "--table", "notes");
    expect(uses()).toEqual({
      "lucky-numbers": [],
      openapi: [],
      "keep-note": ["notes,write,notes"],
      "get-note": ["notes,read,notes"],
      "put-note": ["notes,write,notes"],
      "patch-note": ["notes,write,notes"],
      "delete-note": ["notes,write,notes"],
    });
    expect(await copy.check()).toMatchObject({ exitCode: 0 });
    expect(copy.read(RESOURCES).match(/table\("/g)).toHaveLength(1);
  });

  test("what the function and its contract import into their packages", async () => {
    await make("keep-note", "--table", "notes");
    const dependencies = { "@acme/contracts": "workspace:*", "@lucky/gateway": "workspace:*" };
    const manifest = JSON.parse(copy.read("functions/keep-note/package.json"));
    expect(manifest.dependencies).toEqual({ ...dependencies, "@lucky/resources": "workspace:*" });
    expect(JSON.parse(copy.read(MANIFEST)).dependencies).toHaveProperty("@lucky/resources");
  });

  test("the path of the items, and of one", async () => {
    await make("keep-note", "--table", "old-notes");
    await make("read-note", "--table", "old-notes", "--method", "GET");
    expect(copy.read("packages/contracts/src/keep-note.ts")).toContain('path: "/old_notes",');
    expect(copy.read("packages/contracts/src/read-note.ts")).toContain('path: "/old_notes/{id}",');
    expect(copy.read("functions/read-note/src/handler.ts")).toContain("oldNotes.get(params)");
  });

  test("the key under the name that the path has for it", async () => {
    await make("read-note", "--table", "notes", "--method", "GET", "--path", "/n/{noteId}");
    expect(copy.read("functions/read-note/src/handler.ts")).toContain("notes.get({ id: params.noteId })");
  });

  test("nothing with --dry-run, and lists what it would", async () => {
    const { stdout } = await create("keep-note", "--table", "notes", "--dry-run");
    for (const file of [...ITEMS, RESOURCES, MANIFEST]) expect(stdout).toContain(`  ${file}\n`);
    expect(copy.status()).toBe("");
  });
});

const CORE = "@acme/core"; // in texts, which are no imports of this file
const FOREIGN = `import * as z from "${CORE}/zod";
import { table } from "@lucky/resources/declare";

const item = z.object({ code: z.string(), rank: z.int() });
export const Coupons = table("coupons", { item, key: { partition: "code" } });
const numbers = ["rank"] as const;
export const Ranks = table("ranks", { item, key: { partition: "rank" }, numbers });
const key = { partition: "code", sort: "rank" } as const;
export const Sorted = table("sorted", { item, key, numbers });
`;

describe("a table that is declared already", () => {
  test("is read and emptied by its own key", async () => {
    copy.write(RESOURCES, FOREIGN);
    await make("read-coupon", "--method", "GET", "--table", "coupons", "--path", "/coupons/{id}");
    await make("drop-coupon", "--method", "DELETE", "--table", "coupons");
    expect(copy.read(RESOURCES)).toBe(FOREIGN);
    expect(copy.read("functions/read-coupon/src/handler.ts")).toContain("coupons.get({ code: params.id })");
    expect(uses()).toMatchObject({
      "read-coupon": ["coupons,read,coupons"],
      "drop-coupon": ["coupons,write,coupons"],
    });
  });

  test.each([
    ["coupons", "POST", "have another shape than pnpm new knows"],
    ["ranks", "GET", "are not found by one text"],
    ["sorted", "GET", "are not found by one text"],
  ])("%s is refused for %s where a new function cannot know it", async (table, method, message) => {
    copy.write(RESOURCES, FOREIGN);
    const { stderr, exitCode } = await create("by-test", "--method", method, "--table", table);
    expect({ stderr, exitCode }).toEqual({ stderr: expect.stringContaining(message), exitCode: 2 });
  });

  test("is written no more once its item asks for more", async () => {
    await make("keep-note", "--table", "notes");
    const file = "packages/core/src/notes-item.ts";
    copy.write(file, copy.read(file).replace(" id: z.string()", " title: z.string(), id: z.string()"));
    const { stderr } = await create("put-note", "--method", "PUT", "--table", "notes");
    expect(stderr).toContain("have another shape than pnpm new knows");
    await make("get-note", "--method", "GET", "--table", "notes");
  });
});

describe("pnpm new --table refuses, with 2 and the tree as it was,", () => {
  test.each<[string, string[], string]>([
    ["no name of a table", ["x", "--table", "Notes"], "its name is in lower case with dashes"],
    ["an empty name", ["x", "--table", ""], "its name is in lower case with dashes"],
    ["a part of a call", ["x", "--table", "params"], "params means something else in code"],
    ["a name of the handler's", ["x", "--table", "reply"], "reply means something else in code"],
    ["a word of JavaScript", ["x", "--table", "class"], "class means something else in code"],
    ["the function's own name", ["notes", "--table", "notes"], "would both be notes in code"],
    [
      "what AWS would call the same as a function",
      ["x", "--table", "lucky-numbers"],
      "On AWS the function lucky-numbers and the table lucky-numbers would both be called LuckyNumbers",
    ],
    ["a name of infra's", ["x", "--table", "api-server"], "infra/ has a resource of that name"],
    ["a GET without a key", ["x", "--table", "notes", "--method", "GET", "--path", "/n"], "one parameter"],
    ["two keys", ["x", "--table", "notes", "--method", "PUT", "--path", "/n/{a}/{b}"], "one parameter"],
    ["a POST with a key", ["x", "--table", "notes", "--path", "/n/{id}"], "A POST with --table makes the id"],
    ["a POST of nothing", ["x", "--table", "notes", "--no-body"], "keeps its body: leave out --no-body"],
    ["a table without a name", ["x", "--table"], "Did you forget"],
  ])("%s", async (_, words, message) => {
    const { stdout, stderr, exitCode } = await create(...words);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(message);
    expect(copy.status()).toBe("");
  });

  test("a function that AWS would call as a table", async () => {
    await make("keep-note", "--table", "notes");
    const before = copy.status();
    const { stderr, exitCode } = await create("notes");
    expect({ stderr, exitCode }).toEqual({
      stderr: expect.stringContaining("would both be called Notes"),
      exitCode: 2,
    });
    expect(copy.status()).toBe(before);
  });
});

describe("pnpm new --remove", () => {
  const remove = (name: string, ...words: string[]) => create("--remove", name, "--force", ...words);

  test("takes all away that came with the table, and says what stays on AWS", async () => {
    await make("keep-note", "--table", "notes");
    expect((await remove("keep-note", "--dry-run")).stdout).toContain(RESOURCES);
    const { stdout, exitCode } = await remove("keep-note");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("The table notes is gone too");
    expect(stdout).toContain("stays on AWS");
    expect(copy.status()).toBe("");
  });

  test("leaves a table that another function uses, until that goes as well", async () => {
    await make("keep-note", "--table", "notes");
    await make("get-note", "--table", "notes", "--method", "GET");
    expect((await remove("keep-note")).stdout).not.toContain("The table");
    expect(uses()).toMatchObject({ "get-note": ["notes,read,notes"] });
    await remove("get-note");
    expect(copy.status()).toBe("");
  });

  test("leaves other resources, and what they import", async () => {
    copy.write(RESOURCES, FOREIGN);
    await make("keep-note", "--table", "notes");
    await remove("keep-note");
    expect(copy.read(RESOURCES)).toBe(FOREIGN);
    expect(ITEMS.filter((file) => existsSync(copy.path(file)))).toEqual([]);
  });

  test("leaves a table, or its item, that another file imports", async () => {
    await make("keep-note", "--table", "notes");
    copy.write("packages/core/src/count.ts", `export { NotesItem } from "${CORE}/notes-item";\n`);
    copy.write(
      "packages/contracts/src/paging.ts",
      'import { Notes } from "./resources.ts";\nexport { Notes };\n',
    );
    await remove("keep-note");
    expect(copy.read(RESOURCES)).toContain('table("notes"');
    expect(existsSync(copy.path(ITEMS[0] ?? ""))).toBe(true);
  });

  test("refuses to lose an item that git does not have", async () => {
    await make("keep-note", "--table", "notes");
    copy.git("add", "packages/contracts", "functions");
    copy.git("commit", "--quiet", "--message", "all but the item");
    const { stderr, exitCode } = await create("--remove", "keep-note");
    copy.git("reset", "--quiet", "--hard", "HEAD~1");
    expect({ stderr, exitCode }).toEqual({ stderr: expect.stringContaining("notes-item.ts"), exitCode: 2 });
  });
});
