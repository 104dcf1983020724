import { rmSync } from "node:fs";
import { join } from "node:path";
import { writeApplication } from "@lucky/fixture/write-application";
import { describe, expect, onTestFinished, test } from "vitest";
import { listFunctions } from "./application.ts";
import { NO_BUNDLING } from "./bundling.ts";

const FILE = "functions/one/package.json";

/** What a function with that package.json brings along, and where its application is. */
function read(packageJson: object) {
  const root = writeApplication({
    [FILE]: JSON.stringify(packageJson),
    "functions/one/src/handler.ts": "",
    "functions/one/templates/mail.html": "",
    "data.json": "",
  });
  onTestFinished(() => rmSync(root, { recursive: true }));
  const contract = { method: "GET", path: "/one", summary: "", reply: { 204: null } };
  return { root, bundling: listFunctions({ one: contract }, root)[0]?.bundling };
}

describe("what a function brings along", () => {
  test("is nothing unless its package.json says so, but that it can import SQL and WebAssembly", () => {
    expect(read({}).bundling).toEqual(NO_BUNDLING);
  });

  test("is what its package.json says, by paths from there", () => {
    const { root, bundling } = read({
      dependencies: { sharp: "1.2.3", "@a/b": "catalog:" },
      lambda: {
        memoryMegabytes: 2048,
        install: ["sharp", "@a/b"],
        loader: { ".html": "text", ".sql": "binary" },
        copyFiles: [{ from: "templates/" }, { from: "../../data.json", to: "./in/data.json" }],
      },
    });
    expect(bundling).toEqual({
      install: ["sharp", "@a/b"],
      loader: { ".html": "text", ".sql": "binary", ".wasm": "binary" },
      copyFiles: [
        { from: join(root, "functions/one/templates/"), to: "templates" },
        { from: join(root, "data.json"), to: "in/data.json" },
      ],
    });
  });
});

describe("a mistake in it is told in a sentence:", () => {
  const ONE = "such as";
  const SHAPE = 'give {"from":"templates"}, or a "to" as well.';
  const WITHIN = 'give a "to" within the function, such as "templates".';
  const OWN = 'which the bundle has of its own: give another "to".';
  test.each<[lambda: object, sentence: string]>([
    [{ install: "sharp" }, `install in ${FILE} must be a list of packages, ${ONE} ["sharp"].`],
    [{ install: [7] }, `install in ${FILE} must be a list of packages, ${ONE} ["sharp"].`],
    [
      { install: ["absent"] },
      `install in ${FILE} names absent, which is not in its "dependencies": the version there is what is installed.`,
    ],
    [
      { install: ["toString"] },
      `install in ${FILE} names toString, which is not in its "dependencies": the version there is what is installed.`,
    ],
    [
      { install: ["mine"] },
      `install in ${FILE} names mine, whose version is workspace:*: only a package of a registry can be installed.`,
    ],
    [{ loader: [] }, `loader in ${FILE} must be an object, ${ONE} {".html":"text"}.`],
    [{ loader: { html: "text" } }, `loader in ${FILE} has "html": give the end of a name, ${ONE} ".html".`],
    [
      { loader: { ".node": "copy" } },
      `loader in ${FILE} has "copy" for .node: it takes base64, binary, css, dataurl, file, js, json, jsx, text, ts, tsx.`,
    ],
    [{ copyFiles: {} }, `copyFiles in ${FILE} must be a list, ${ONE} [{"from":"templates"}].`],
    [{ copyFiles: ["templates"] }, `copyFiles in ${FILE} has "templates": ${SHAPE}`],
    [{ copyFiles: [{ to: "x" }] }, `copyFiles in ${FILE} has {"to":"x"}: ${SHAPE}`],
    [
      { copyFiles: [{ from: "templates", into: "x" }] },
      `copyFiles in ${FILE} has {"from":"templates","into":"x"}: ${SHAPE}`,
    ],
    [
      { copyFiles: [{ from: "../../data.json" }] },
      `copyFiles in ${FILE} would copy to "../../data.json": ${WITHIN}`,
    ],
    [{ copyFiles: [{ from: "templates", to: "/x" }] }, `copyFiles in ${FILE} would copy to "/x": ${WITHIN}`],
    [
      { copyFiles: [{ from: "templates", to: "a/../.." }] },
      `copyFiles in ${FILE} would copy to "a/../..": ${WITHIN}`,
    ],
    [{ copyFiles: [{ from: "." }] }, `copyFiles in ${FILE} would copy to ".": ${WITHIN}`],
    [
      { copyFiles: [{ from: "templates", to: "node_modules/x" }] },
      `copyFiles in ${FILE} would copy to "node_modules/x", ${OWN}`,
    ],
    [
      { copyFiles: [{ from: "templates", to: "bundle.cjs" }] },
      `copyFiles in ${FILE} would copy to "bundle.cjs", ${OWN}`,
    ],
  ])("%j", (lambda, sentence) => {
    expect(() => read({ dependencies: { mine: "workspace:*" }, lambda })).toThrow(
      expect.objectContaining({ name: "ApplicationError", message: sentence }),
    );
  });

  test("a file that is not there", () => {
    expect(() => read({ lambda: { copyFiles: [{ from: "absent" }] } })).toThrow(
      /^copyFiles in functions\/one\/package\.json has "absent", which is not there: .*\/functions\/one\/absent\.$/,
    );
  });
});
