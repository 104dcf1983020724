import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { listFunctions } from "@lucky/application/application";
import { bundleFunction } from "@lucky/local/bundle";
import { unzipSync } from "fflate";
import { describe, expect, onTestFinished } from "vitest";
import { serveNpmRegistry } from "./npm-registry.ts";
import { startOffline } from "./offline.ts";
import { test as base } from "./testing.ts";

const ONE = "functions/read-health";
const FILES: Readonly<Record<string, string>> = {
  [`${ONE}/src/handler.ts`]: `
    import native from "native";
    import form from "both-forms";
    import addon from "./addon.node";
    import add from "./add.wasm";
    import query from "./query.sql";
    import note from "./note.txt";
    import page from "./page.html";
    export const handler = async () => ({ native, form, addon, add, query, note, page });`,
  [`${ONE}/src/addon.node`]: "addon",
  [`${ONE}/src/add.wasm`]: "wasm",
  [`${ONE}/src/query.sql`]: "select 1;",
  [`${ONE}/src/note.txt`]: "note",
  [`${ONE}/src/page.html`]: "<p>",
  [`${ONE}/templates/deep/mail.html`]: "<b>mail</b>",
  "data/data.json": "{}",
  // What pnpm installs here.
  [`${ONE}/node_modules/both-forms/package.json`]: '{ "main": "index.cjs", "module": "index.mjs" }',
  [`${ONE}/node_modules/both-forms/index.cjs`]: 'module.exports = "CommonJS";',
  [`${ONE}/node_modules/both-forms/index.mjs`]: 'export default "ES module";',
  [`${ONE}/node_modules/native/index.js`]: "",
  "functions/read-profile/src/handler.ts":
    'import sharp from "sharp"; export const handler = async () => sharp;',
  [`${ONE}/package.json`]: JSON.stringify({
    dependencies: { native: "1.2.3" },
    lambda: {
      install: ["native"],
      loader: { ".html": "text", ".node": "file" },
      copyFiles: [{ from: "templates" }, { from: "../../data/data.json", to: "in/data.json" }],
    },
  }),
};
const forCpu = (cpu: string) => ({ name: `native-${cpu}`, version: "1.2.3", os: ["linux"], cpu: [cpu] });

const test = base.extend("brought", { scope: "worker" }, async ({ application }, { onCleanup }) => {
  const offline = await startOffline(application);
  const { root } = offline.project;
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const optionalDependencies = { "native-arm64": "1.2.3", "native-x64": "1.2.3" };
  const registry = await serveNpmRegistry([
    forCpu("arm64"),
    forCpu("x64"),
    { name: "native", version: "1.2.3", optionalDependencies },
    { name: "native", version: "9.9.9" },
  ]);
  onCleanup(async () => {
    await Promise.all([registry.close(), offline.close()]);
  });
  await offline.deploy("anna", { npm_config_registry: registry.url });
  const filesOf = (resource: string) =>
    Object.entries(unzipSync(readFileSync(join(root, `.sst/artifacts/${resource}/code.zip`))))
      .filter(([path]) => !path.endsWith("/"))
      .map(([path, bytes]): [string, string] => [path, Buffer.from(bytes).toString()]);
  return { root, filesOf };
});

const isOfNpm = (path: string) => /^(?:node_modules\/|package(?:-lock)?\.json$)/.test(path);

describe("what SST uploads of a function that brings things along", () => {
  test("has each file where the local Lambda has it", async ({ brought: { root, filesOf } }) => {
    const uploaded = filesOf("ReadHealth").filter(([path]) => !isOfNpm(path) && path !== "resource.enc");
    const local = mkdtempSync(join(tmpdir(), "lucky-offline-"));
    onTestFinished(() => rmSync(local, { recursive: true }));
    const contract = { method: "GET", path: "/health", summary: "", reply: { 204: null } };
    const [one] = listFunctions({ "read-health": contract }, root);
    if (one === undefined) throw new Error("there is no function");
    await bundleFunction(one.entry, local, one.bundling);
    const mine = readdirSync(local, { recursive: true, encoding: "utf8" })
      .filter((path) => statSync(join(local, path)).isFile() && !isOfNpm(path) && path !== "bundle.cjs.map")
      .map((path): [string, string] => [path, readFileSync(join(local, path), "utf8")]);
    expect(uploaded.map(([path]) => path)).toContain("templates/deep/mail.html");
    expect(new Map(uploaded).get("bundle.cjs")).toContain("ES module");
    expect(Object.fromEntries(uploaded)).toEqual(Object.fromEntries(mine));
  });

  test("has the packages that it installs, of the version that is in use here, for Lambda's system", ({
    brought,
  }) => {
    const files = new Map(brought.filesOf("ReadHealth"));
    expect(files.get("node_modules/native/index.js")).toBe('module.exports = "1.2.3";');
    expect(files.has("node_modules/native-arm64/index.js")).toBe(true);
    expect(files.has("node_modules/native-x64/index.js")).toBe(false);
  });

  test("has no sharp where that is not among them, so it would not start", ({ brought }) => {
    const files = new Map(brought.filesOf("ReadProfile"));
    expect(files.get("bundle.cjs")).toContain('require("sharp")');
    expect([...files.keys()].filter(isOfNpm)).toEqual([]);
  });
});
