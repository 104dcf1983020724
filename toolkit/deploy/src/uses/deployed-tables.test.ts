import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkKept, DECLARED_AS, deployedTables } from "./deployed-tables.ts";

const folder = mkdtempSync(join(tmpdir(), "lucky tables-"));
afterAll(() => rmSync(folder, { recursive: true }));

const keys = {
  hashKey: "id",
  attributes: [
    { name: "id", type: "S" },
    { name: "shard", type: "N" },
  ],
};
const urn = (parents: string, name: string) =>
  `urn:pulumi:prod::shop::${parents}aws:dynamodb/table:Table::${name}`;

function write(resources: readonly object[]): NodeJS.ProcessEnv {
  mkdirSync(join(folder, ".pulumi/stacks/shop"), { recursive: true });
  const checkpoint = { latest: { resources } };
  writeFileSync(join(folder, ".pulumi/stacks/shop/prod.json"), JSON.stringify({ version: 3, checkpoint }));
  return { PULUMI_BACKEND_URL: `file://${folder}` }; // as SST writes it, spaces and all
}

describe("the deployed tables", () => {
  test("are none before a first deploy, and where no state can be read", () => {
    expect(deployedTables({}, "shop", "prod")).toEqual([]);
    expect(deployedTables({ PULUMI_BACKEND_URL: "https://api.pulumi.com" }, "shop", "prod")).toEqual([]);
    expect(deployedTables(write([]), "shop", "anna")).toEqual([]);
    expect(deployedTables(write([]), "shop", "prod")).toEqual([]);
  });

  test("are those of contracts, and none that infra makes by itself", () => {
    const tags = { [DECLARED_AS]: "draws" };
    const type = "aws:dynamodb/table:Table";
    const environment = write([
      { urn: "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod", type: "pulumi:pulumi:Stack" },
      { urn: urn("sst:aws:Dynamo$", "DrawsTable"), type, inputs: { ...keys, tags } },
      { urn: urn("sst:aws:Dynamo$", "OwnTable"), type, inputs: { ...keys, tags: { team: "shop" } } },
      { urn: urn("", "Own"), type, inputs: keys },
    ]);
    expect(deployedTables(environment, "shop", "prod")).toMatchObject([
      { ...keys, resource: "DrawsTable", name: "draws" },
    ]);
  });
});

describe("a deploy", () => {
  const deployed = [{ ...keys, resource: "DrawsTable", name: "draws" }];
  const check = (wanted: object | undefined) =>
    checkKept(deployed, new Map(wanted ? [["draws", wanted as typeof keys]] : []), "prod");

  test("may change anything of a table but its key, and add others", () => {
    expect(() => check({ ...keys, attributes: keys.attributes.toReversed() })).not.toThrow();
    expect(() => checkKept([], new Map([["draws", keys]]), "prod")).not.toThrow();
  });

  test.each([
    [{ ...keys, hashKey: "shard" }, "declared with shard (N)"],
    [{ ...keys, rangeKey: "shard" }, "declared with id (S), shard (N)"],
    [{ ...keys, attributes: [{ name: "id", type: "N" }] }, "declared with id (N)"],
  ])("is refused where a table has another key: %j", (wanted, sentence) => {
    expect(() => check(wanted)).toThrow(
      `The table draws has the key id (S) on the stage prod, and is ${sentence} now.`,
    );
    expect(() => check(wanted)).toThrow("Declare a second table");
  });

  test("is refused where a table is gone, and says how to let go of it", () => {
    expect(() => check(undefined)).toThrow(
      "The stage prod has the table draws, and no contract uses it any more",
    );
    expect(() => check(undefined)).toThrow("pnpm sst state remove DrawsTable --stage prod");
  });
});
