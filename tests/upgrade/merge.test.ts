import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { type Copy, cloneCopy, copyWorkspace } from "@lucky/scaffold/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MINUTES, OFFLINE, runPnpm } from "../generator/pnpm.ts";

// What a fix made upstream asks of a product that was cloned, renamed and grown since: a merge, with real git and pnpm.

const APP = ["own", "by", "test"].join("-"); // a whole word would be found in this file
const FUNCTIONS = ["accept-order", "cancel-order", "list-orders", "read-order", "zip-orders"];
const SCOPE = ["@ac", "me"].join(""); // upstream's, which a rename would find as a whole word
const LOCKFILE = "pnpm-lock.yaml";

let upstream: Copy;
/** The commit that products were cloned at. */
let before: string;
const products: Copy[] = [];
beforeAll(async () => {
  upstream = copyWorkspace();
  await runPnpm(upstream, ["install", "--frozen-lockfile", "--offline"]);
  before = upstream.git("rev-parse", "HEAD").trim();
  await fixToolkit();
}, 5 * MINUTES);
afterAll(() => {
  for (const copy of [...products, upstream]) copy?.remove();
}, 3 * MINUTES);

describe.each([
  ["renamed", ["rename", APP]],
  ["bare", ["rename", APP, "--bare"]],
])("in a product that is %s and has five functions of its own, a fix made upstream", (_, rename) => {
  let product: Copy;

  test(
    "merges with no conflict but in the lockfile",
    async () => {
      product = cloneCopy(upstream);
      products.push(product);
      product.git("reset", "--quiet", "--hard", before);
      await runPnpm(product, ["install", "--frozen-lockfile", "--offline"]);
      await runPnpm(product, rename, OFFLINE);
      product.commit("rename");
      for (const name of FUNCTIONS) await runPnpm(product, ["new", name], OFFLINE);
      product.commit("five functions");

      const { status } = spawnSync("git", ["merge", "--no-edit", "upstream/main"], { cwd: product.root });
      expect(status).toBe(1);
      expect(product.git("diff", "--name-only", "--diff-filter=U")).toBe(`${LOCKFILE}\n`);
    },
    5 * MINUTES,
  );

  test(
    "has its lockfile made anew by pnpm, and installs from it",
    async () => {
      await runPnpm(product, ["install", "--fix-lockfile", "--offline"]);
      product.commit("merge");
      expect(product.read(LOCKFILE)).not.toMatch(/^[<=>]{7}/m);
      await runPnpm(product, ["install", "--frozen-lockfile", "--offline"]);
      expect(product.status()).toBe("");
    },
    5 * MINUTES,
  );

  test(
    "leaves nothing to rename",
    async () => {
      expect(await runPnpm(product, ["rename", APP], OFFLINE)).toContain(
        "Nothing is left to rename: this is ",
      );
      expect(product.status()).toBe("");
      const others = [":!toolkit", ":!benchmarks"];
      const words = ["grep", "--files-with-matches", "--fixed-strings", SCOPE, "--", ...others];
      expect(spawnSync("git", words, { cwd: product.root, encoding: "utf8" }).stdout).toBe("");
    },
    5 * MINUTES,
  );

  test(
    "works there, and so do the functions",
    async () => {
      expect(await runPnpm(product, ["--filter", "@lucky/command", "test", FIXED])).toContain(FIXED);
      for (const name of FUNCTIONS) {
        const { body } = JSON.parse(await runPnpm(product, ["-s", "invoke", name]));
        expect(JSON.parse(body)).toEqual({ message: "Hello, Ada!" });
      }
    },
    5 * MINUTES,
  );
});

test(
  "a package that upstream adds under its own scope is renamed in each product, though pnpm cannot install it before",
  async () => {
    mkdirSync(upstream.path("packages/added"));
    const added = {
      name: `${SCOPE}/added`,
      private: true,
      dependencies: { [`${SCOPE}/core`]: "workspace:*" },
    };
    upstream.write("packages/added/package.json", `${JSON.stringify(added, null, 2)}\n`);
    await runPnpm(upstream, ["install", "--no-frozen-lockfile"], OFFLINE);
    upstream.commit("one more package");
    for (const product of products) {
      product.git("pull", "--quiet", "--no-rebase", "upstream", "main");
      await runPnpm(product, ["rename", APP], OFFLINE);
      expect(product.git("diff", "--name-only")).toBe(`packages/added/package.json\n${LOCKFILE}\n`);
      expect(JSON.parse(product.read("packages/added/package.json"))).toMatchObject({
        name: `@${APP}/added`,
        dependencies: { [`@${APP}/core`]: "workspace:*" },
      });
      await runPnpm(product, ["install", "--frozen-lockfile", "--offline"]);
    }
  },
  5 * MINUTES,
);

const FIXED = "fixed-by-test.test.ts";

/**
 * A fix of the toolkit with its test, a dependency of it that moves, and one more room of the toolkit that infra uses. In
 * the lockfile that comes to stand where the product's scope does.
 */
async function fixToolkit(): Promise<void> {
  const file = "toolkit/command/src/number.ts";
  upstream.write(file, `${upstream.read(file)}\nexport const FIXED = 7;\n`);
  upstream.write(
    `toolkit/command/src/${FIXED}`,
    `import { expect, test } from "vitest";
import { FIXED } from "./number.ts";

test("is fixed", () => expect(FIXED).toBe(7));
`,
  );
  editManifest("toolkit/gateway/package.json", ({ dependencies = {}, devDependencies = {} }) => {
    const [moved = ""] = Object.keys(dependencies);
    devDependencies[moved] = dependencies[moved] ?? "";
    delete dependencies[moved];
  });
  editManifest("infra/package.json", ({ dependencies = {} }) => {
    dependencies["@lucky/reference"] = "workspace:*";
  });
  await runPnpm(upstream, ["install", "--no-frozen-lockfile"], OFFLINE);
  upstream.commit("fix");
}

type Dependencies = Record<string, string>;

function editManifest(
  file: string,
  edit: (manifest: { dependencies?: Dependencies; devDependencies?: Dependencies }) => void,
): void {
  const manifest = JSON.parse(upstream.read(file));
  edit(manifest);
  upstream.write(file, `${JSON.stringify(manifest, null, 2)}\n`);
}
