import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { fixture } from "@lucky/fixture";
import { expect, onTestFinished, test } from "vitest";
import { bundleFunction } from "./bundle.ts";
import { makeBundleFolder, removeBundleFolder } from "./bundle-folder.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Every file that is read to bundle a function of the fixture, from the workspace's folder. */
async function filesOf(name: string): Promise<readonly string[]> {
  const folder = makeBundleFolder();
  onTestFinished(() => removeBundleFolder(folder));
  const { inputs } = await bundleFunction(join(fixture, "functions", name, "src/handler.ts"), folder);
  return inputs.map((path) => relative(root, path));
}

const of = (place: RegExp) => (file: string) => place.test(file);

test("a function's bundle has of the gateway what runs a contract, and nothing that only tools use", async () => {
  const gateway = (await filesOf("greet")).filter(of(/^toolkit\/gateway\//));
  expect(gateway.filter(of(/\/src\/http\/lambda\.ts$/))).toHaveLength(1);
  expect(gateway.filter((file) => !/\/src\/(?:contract|http)\//.test(file))).toEqual([]);
});

test("a function's bundle has its own contract, and no other function's", async () => {
  const contracts = (await filesOf("greet")).filter(of(/\/packages\/contracts\//));
  expect(contracts.map((file) => file.split("/").at(-1))).toEqual(["greet.ts"]);
});

test("the bundle of the function that describes the API has what makes OpenAPI", async () => {
  expect((await filesOf("openapi")).filter(of(/gateway\/src\/openapi\//))).not.toEqual([]);
});
