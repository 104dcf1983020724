import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listFunctions, loadApplication } from "@lucky/application/application";
import { fixture } from "@lucky/fixture";
import { describe, expect, onTestFinished, test } from "vitest";
import { runScript, startServer, stopServer, writeFunction } from "../testing/testing.ts";
import { bundleFunction } from "./bundle.ts";
import { makeReadOnly, removeBundleFolder } from "./bundle-folder.ts";

/** A WebAssembly module that adds two numbers. */
const ADD = Buffer.from(
  "0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b",
  "hex",
).toString("latin1");

const HANDLER = `
  import { readFileSync } from "node:fs";
  import { join } from "node:path";
  import { transform } from "lightningcss"; // native
  import addon from "./addon.node";
  import add from "./add.wasm";
  import query from "./query.sql";
  import note from "./note.txt";
  import page from "./page.html";
  export const handler = async () => {
    const { code } = transform({ filename: "a.css", code: Buffer.from("a { color: #ff0000 }"), minify: true });
    const { instance } = await WebAssembly.instantiate(add);
    const read = (file) => readFileSync(join(process.env.LAMBDA_TASK_ROOT, file), "utf8");
    const body = { css: code.toString(), sum: instance.exports.add(2, 3), query, note, page, addon: read(addon),
      copied: read("templates/deep/mail.html"), renamed: read("data.json") };
    return { statusCode: 200, body: JSON.stringify(body) };
  };`;
const PACKAGE = {
  dependencies: { lightningcss: "1.33.0" },
  lambda: {
    install: ["lightningcss"],
    loader: { ".html": "text", ".node": "file" },
    copyFiles: [{ from: "templates" }, { from: "../../data/data.json", to: "data.json" }],
  },
};
const BROUGHT = {
  css: "a{color:red}",
  sum: 5,
  query: "select 1;",
  note: "note",
  page: "<p>",
  addon: "native",
  copied: "<b>mail</b>",
  renamed: "{}",
};
const FILES = {
  "functions/one/src/addon.node": "native",
  "functions/one/src/add.wasm": ADD,
  "functions/one/src/query.sql": "select 1;",
  "functions/one/src/note.txt": "note",
  "functions/one/src/page.html": "<p>",
  "functions/one/templates/deep/mail.html": "<b>mail</b>",
  "data/data.json": "{}",
};

function makeApplication(
  handler: string,
  lambda: object,
  files: Readonly<Record<string, string>> = {},
  packages: readonly string[] = [],
): string {
  const root = writeFunction(
    handler,
    { "functions/one/package.json": JSON.stringify(lambda), ...files },
    packages,
  );
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}

/** Bundles its function into a folder of its own. */
async function bundle(root: string) {
  const folder = mkdtempSync(join(tmpdir(), "lucky-bundling-"));
  onTestFinished(() => removeBundleFolder(folder));
  const contract = { method: "GET", path: "/one", summary: "", reply: { 204: null } };
  const [one] = listFunctions({ one: contract }, root);
  if (one === undefined) throw new Error("there is no function");
  return { folder, ...(await bundleFunction(one.entry, folder, one.bundling)) };
}
const failureOf = (...parameters: Parameters<typeof makeApplication>) =>
  bundle(makeApplication(...parameters)).then(
    () => "",
    ({ name, message }: Error) => `${name}: ${message}`,
  );

describe("what a function brings along", () => {
  const make = () => makeApplication(HANDLER, PACKAGE, FILES, ["lightningcss"]);

  test("is there when it is invoked: native code, texts, bytes, copied files", async () => {
    const { stdout, stderr } = await runScript("invoke.ts", ["one"], { cwd: make() });
    expect(JSON.parse(JSON.parse(stdout || stderr).body)).toEqual(BROUGHT);
  });

  test("is there when it is served", async () => {
    const server = await startServer([], { cwd: make() });
    onTestFinished(() => stopServer(server));
    expect(await (await fetch(`${server.url}/one`)).json()).toEqual(BROUGHT);
  });

  test("lies where it can be read and not written, and is looked at for edits", async () => {
    const root = makeApplication(
      "export const handler = async () => {};",
      {
        dependencies: { two: "1.0.0" },
        lambda: { install: ["two"], copyFiles: PACKAGE.lambda.copyFiles },
      },
      { ...FILES, "node_modules/two/index.js": "" },
    );
    const { folder, inputs } = await bundle(root);
    expect(inputs).toContain(join(root, "functions/one/templates/deep/mail.html"));
    expect(inputs).toContain(join(root, "data/data.json"));
    await makeReadOnly(folder);
    const modeOf = (path: string) => statSync(path).mode & 0o777;
    const brought = ["templates", "templates/deep", "templates/deep/mail.html", "data.json"];
    expect(brought.map((path) => modeOf(join(folder, path)))).toEqual([0o555, 0o555, 0o444, 0o444]);
    expect(modeOf(join(root, "node_modules/two")) & 0o200).toBe(0o200);
    removeBundleFolder(folder);
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(join(root, "node_modules/two/index.js"))).toBe(true);
  });
});

describe("what cannot be bundled is told with what to do:", () => {
  const EMPTY = "export const handler = async () => {};";

  test("a package that is not installed", async () => {
    const lambda = { dependencies: { sharp: "1.0.0" }, lambda: { install: ["sharp"] } };
    expect(await failureOf(EMPTY, lambda)).toBe(
      'BuildError: sharp is not installed, and "install" in the package.json of the function names it: run pnpm install.',
    );
  });

  test("sharp, which SST neither bundles nor installs unless told", async () => {
    const sentence =
      'functions/one/src/handler.ts imports sharp, which is never bundled. Add it to "install" of "lambda" in the package.json of the function, and to its "dependencies".';
    const handler = `import sharp from "sharp"; sharp; ${EMPTY}`;
    expect(await failureOf(handler, {})).toContain(sentence);
    const library = { "node_modules/two/index.js": 'try { require("pg-native"); } catch {}' };
    expect(await failureOf(`import "two"; ${EMPTY}`, {}, library)).toBe("");
  });

  test.each([
    [
      "an await at the top",
      `const x = await 1; ${EMPTY} x;`,
      "Keep the promise in a constant, and await it in the handler: a function is a CommonJS module.",
    ],
    [
      "native code",
      `import x from "./x.node"; x; ${EMPTY}`,
      'Native code cannot be bundled: add its package to "install" of "lambda" in the package.json of the function.',
    ],
    [
      "another kind of file",
      `import x from "./x.html"; x; ${EMPTY}`,
      'Say in "loader" of "lambda" in the package.json of the function what it is, such as "text" or "binary".',
    ],
  ])("%s", async (_, handler, hint) => {
    const files = { "functions/one/src/x.node": "", "functions/one/src/x.html": "" };
    const failure = await failureOf(handler, {}, files);
    expect(failure).toContain(hint);
    expect(failure).toContain("functions/one/src/handler.ts:1:");
  });
});

describe("the bundler's warnings", () => {
  const HANDLER = "export const handler = async () => ({ url: import.meta.url ?? null });";
  const WARNING = '"import.meta" is not available with the "cjs" output format and will be empty';
  const PLACE = "functions/one/src/handler.ts:1:43:";

  test("are printed with their place by invoke and by start", async () => {
    const root = makeApplication(HANDLER, {});
    const { stdout, stderr } = await runScript("invoke.ts", ["one"], { cwd: root });
    expect(JSON.parse(stdout)).toEqual({ url: null });
    expect(stderr).toContain(WARNING);
    expect(stderr).toContain(PLACE);
    expect(stderr).toContain("are in the folder process.env.LAMBDA_TASK_ROOT.");
    const server = await startServer([], { cwd: root });
    onTestFinished(() => stopServer(server));
    expect(server.child.stderr.read()?.toString()).toContain(WARNING);
  });

  test("are none for the functions of the fixture", async () => {
    const { functions } = await loadApplication(fixture);
    const folder = mkdtempSync(join(tmpdir(), "lucky-bundling-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const { entry, bundling } of functions)
      expect((await bundleFunction(entry, folder, bundling)).warnings).toEqual([]);
  });
});

test("a package is bundled as ES modules where it has them, so what is not used is left out", async () => {
  const package_ = JSON.stringify({ name: "two", main: "index.cjs", module: "index.mjs" });
  const root = makeApplication(
    'import { used } from "two"; export const handler = async () => used;',
    {},
    {
      "node_modules/two/package.json": package_,
      "node_modules/two/index.cjs": 'exports.used = "used"; exports.other = "unused";',
      "node_modules/two/index.mjs": 'export const used = "used"; export const other = "unused";',
    },
  );
  const { folder } = await bundle(root);
  expect(readFileSync(join(folder, "bundle.cjs"), "utf8")).not.toContain("unused");
});
