import { type Dynamo, definitionOf, startDynamo } from "@lucky/emulators/dynamodb";
import type { Uses } from "@lucky/gateway/uses";
import { afterEach, beforeEach } from "vitest";
import { connect } from "./connect.ts";
import type { Table } from "./declare/table.ts";
import { type AnyUse, write } from "./declare/use.ts";
import { variableOf } from "./declare/variable.ts";
import type { TableWriter } from "./handles.ts";

type Using = { readonly uses?: Uses };
type TablesIn<U> = {
  [N in keyof U as U[N] extends { readonly resource: Table } ? N : never]: U[N] extends {
    readonly resource: infer T extends Table;
  }
    ? TableWriter<T>
    : never;
};
type Intersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The tables of contracts, each under the name that its contract has for it. */
export type TablesOf<C extends Using> = Intersection<
  C extends { readonly uses: infer U } ? TablesIn<U> : never
>;

/**
 * Gives each test of this file, or of this `describe`, fresh tables in memory: those that the contracts use, which their handlers
 * find as on AWS. The test gets them to write and to read, whatever right its contract has.
 *
 *     const { draws } = useTables(readDraw);
 *
 *     test("reads a draw that is kept", async () => {
 *       await draws.put(draw);
 *       expect(await invoke(handler, { pathParameters: { id: draw.id } })).toMatchObject({ status: 200 });
 *     });
 *
 * Not for `test.concurrent`: where tables are is said by variables of the process.
 */
export function useTables<const C extends readonly Using[]>(...contracts: C): TablesOf<C[number]> {
  const tables = new Map<string, Table>();
  for (const { uses = {} } of contracts)
    for (const [name, use] of Object.entries(uses)) {
      const { resource } = use as AnyUse; // made by read, write or allow
      if (resource.kind !== "table") continue;
      const other = tables.get(name) ?? resource;
      if (other !== resource)
        throw new TypeError(
          `Two of the contracts call different tables ${name}: give each a useTables of its own.`,
        );
      tables.set(name, resource);
    }
  const each = new Set(tables.values());
  let made: readonly string[] = [];
  let before: NodeJS.ProcessEnv = {};

  beforeEach(async () => {
    const { url, createTable } = await startEngine();
    const variables: Record<string, string> = { ...CREDENTIALS, AWS_ENDPOINT_URL_DYNAMODB: url };
    for (const table of each) {
      const name = `${table.name}-${++count}`;
      await createTable({ ...definitionOf(table), name });
      variables[variableOf(table)] = name;
      made = [...made, name];
    }
    before = setVariables(variables);
  });
  afterEach(async () => {
    setVariables(before);
    const { deleteTable } = await startEngine();
    for (const name of made) await deleteTable(name);
    made = [];
  });

  const uses = Object.fromEntries(Array.from(tables, ([name, table]) => [name, write(table)]));
  return connect({ uses }) as unknown as TablesOf<C[number]>; // one for each table, see above
}

/** No AWS takes them. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: "NoRealAccessKeyId",
  AWS_SECRET_ACCESS_KEY: "NoRealSecretAccessKey",
  AWS_SESSION_TOKEN: "NoRealSessionToken",
  AWS_REGION: "us-east-1",
};

let count = 0;
let engine: Promise<Dynamo> | undefined;

/** One for all files of this process, until it ends. */
function startEngine(): Promise<Dynamo> {
  engine ??= startDynamo({ isBackground: true });
  return engine;
}

/** Sets variables of this process, unsets those that are undefined, and gives them as they were. */
function setVariables(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const before: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(variables)) {
    before[name] = process.env[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return before;
}
