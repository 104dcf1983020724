import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fixture } from "@lucky/fixture";
import { writeApplication } from "@lucky/fixture/write-application";
import { curl } from "@lucky/gateway/curl";
import { quoteWord } from "@lucky/gateway/shell";
import { exampleUrl } from "@lucky/gateway/url";
import { expect, onTestFinished, test } from "vitest";
import { CONTRACTS, loadApplication } from "./application.ts";
import { loadApart } from "./load-apart.ts";

const URL_OF_API = "https://api.example.com";

function makeApplication(contracts: string): string {
  const root = writeApplication({
    [CONTRACTS]: contracts,
    "functions/a/src/handler.ts": "",
    "functions/a/package.json": "{}",
  });
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}
const contractAt = (path: string) =>
  `export const api = { a: { method: "GET", path: "${path}", summary: "", reply: { 204: null } } };`;

test("another thread is told of each function but its schemas, with the curl that works", async () => {
  const { application } = await loadApart(join(fixture, "functions"));
  const { root, functions, cors } = await loadApplication(fixture);
  expect(application).toEqual({
    root,
    cors,
    functions: functions.map(({ contract, ...rest }) => ({
      ...rest,
      contract: { method: contract.method, path: contract.path, summary: contract.summary },
      uses: { tables: [], secrets: [], settings: [] },
      curl: expect.anything(),
    })),
  });
  if ("failure" in application) throw new Error(application.failure);
  expect(
    application.functions.map(({ curl: { command, target } }) => command + quoteWord(URL_OF_API + target)),
  ).toEqual(functions.map(({ contract }) => curl(contract, exampleUrl(contract, URL_OF_API))));
});

test("it is loaded as it is now, each time", async () => {
  const root = makeApplication(contractAt("/one"));
  expect(await loadApart(root)).toMatchObject({
    application: { functions: [{ contract: { path: "/one" } }] },
  });
  writeFileSync(join(root, CONTRACTS), contractAt("/two"));
  expect(await loadApart(root)).toMatchObject({
    application: { functions: [{ contract: { path: "/two" } }] },
  });
});

test("what it is made of is told, and what it lacks", async () => {
  const root = makeApplication(`import "./missing.ts"; import "none"; ${contractAt("/one")}`);
  const { application, paths } = await loadApart(root);
  expect(application).toEqual({ failure: expect.stringContaining("cannot be loaded") });
  expect([...paths]).toEqual(
    expect.arrayContaining(
      [CONTRACTS, "packages/contracts/src/missing.ts", "packages/contracts/package.json"].map((file) =>
        join(root, file),
      ),
    ),
  );
  writeFileSync(join(root, CONTRACTS), contractAt("/one"));
  const handler = join(root, "functions/a/src/handler.ts");
  const { paths: of } = await loadApart(root);
  expect([of.has(join(root, "functions/a/package.json")), of.has(handler)]).toEqual([true, false]);
  rmSync(handler);
  expect((await loadApart(root)).paths.has(handler)).toBe(true);
});

test.each([
  ["end the process", "process.exit(0);", "The contracts ended the process that loaded them."],
  ["fail later", "setImmediate(() => { throw new Error('later'); }); await new Promise(() => {});", "later"],
  ["never end", "while (true);", "The contracts were not loaded within 5 s."],
  [
    "wait for ever",
    "await new Promise(() => setInterval(() => {}, 1000));",
    "The contracts were not loaded within 5 s.",
  ],
  ["have a mistake", contractAt("one"), `a in the api of ${CONTRACTS} is no contract`],
])("contracts that %s are refused in a sentence", async (_, contracts, sentence) => {
  const { application } = await loadApart(makeApplication(contracts), 5000);
  expect(application).toEqual({ failure: expect.stringContaining(sentence) });
});
