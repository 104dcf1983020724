import { readTable, type Store, type Table } from "./dynalite.ts";
import { matchIndexes } from "./match-indexes.ts";
import { isServiceError } from "./service-error.ts";
import { attributesOf, describeKey, indexOf, schemaOf, type TableDefinition } from "./table-schema.ts";
import { setExpiry } from "./time-to-live.ts";

/** The rest of DynamoDB: how to call it, and to wait for the calls that have begun. */
export type Running = {
  call(operation: string, request: object): Promise<unknown>;
  settle(): Promise<unknown>;
};

/**
 * Makes a table as it is defined. One that is there stays, with its items; its indexes are made anew where they differ. Rejects
 * where its keys differ: items under other keys are other items.
 */
export async function makeTable(
  store: Store,
  definition: TableDefinition,
  { call, settle }: Running,
): Promise<void> {
  const found = await findTable(store, definition.name);
  if (found === undefined) await call("CreateTable", creation(definition));
  else {
    refuseOtherKeys(found, definition);
    await matchIndexes(store, found, definition, settle);
  }
  await setExpiry(store, definition.name, definition.expires);
}

async function findTable(store: Store, name: string): Promise<Table | undefined> {
  try {
    return await readTable(store, name, false);
  } catch (error) {
    if (isServiceError(error)) return undefined;
    throw error;
  }
}

function creation(definition: TableDefinition): object {
  const indexes = Object.entries(definition.indexes).map(([name, key]) => indexOf(name, key));
  return {
    TableName: definition.name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: attributesOf(definition),
    KeySchema: schemaOf(definition),
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
  };
}

function refuseOtherKeys(found: Table, definition: TableDefinition): void {
  const wanted = describeKey(schemaOf(definition), attributesOf(definition));
  const kept = describeKey(found.KeySchema, found.AttributeDefinitions);
  if (kept === wanted) return;
  throw new Error(
    [
      `The table "${definition.name}" is kept with the key ${kept}, and now has the key ${wanted}.`,
      "A table's key cannot change: give the new table another name, or start afresh without the items that are kept.",
    ].join("\n"),
  );
}
