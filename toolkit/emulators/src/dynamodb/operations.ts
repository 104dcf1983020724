import { createTable } from "./create-table.ts";
import { deleteTable } from "./delete-table.ts";
import { actionOf, type Custom, type Data, run, type Store, type Types, validationOf } from "./dynalite.ts";
import { atomicStore } from "./store.ts";
import { describeTimeToLive, updateTimeToLive, updateTypes } from "./time-to-live.ts";
import {
  transactGetItems,
  custom as transactGetMistake,
  types as transactGetTypes,
} from "./transact-get-items.ts";
import {
  transactWriteItems,
  custom as transactWriteMistake,
  types as transactWriteTypes,
} from "./transact-write-items.ts";
import { updateTable } from "./update-table.ts";
import { writeAlone, writes } from "./writes.ts";

/** One operation of DynamoDB: what its request may have, and what it does. */
export type Operation = {
  readonly types: Types;
  readonly custom?: Custom;
  /** Members that change nothing on this machine. */
  readonly ignored?: readonly string[];
  run(store: Store, data: Data, now: () => number): Promise<unknown>;
};

const PROTECTION = { DeletionProtectionEnabled: "Boolean" };
/** What only AWS can do something about: cost and encryption. */
const AWS_ALONE = ["OnDemandThroughput", "SSESpecification", "TableClass", "Tags", "WarmThroughput"];

/** All operations that there are here, by their names in AWS. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    ...Object.fromEntries(
      ["BatchGetItem", "DescribeTable", "GetItem", "ListTables", "ListTagsOfResource", "Query", "Scan"].map(
        read,
      ),
    ),
    TagResource: dynalites("TagResource"),
    UntagResource: dynalites("UntagResource"),
    PutItem: { ...writes.putItem, run: writeAlone(writes.putItem) },
    UpdateItem: { ...writes.updateItem, run: writeAlone(writes.updateItem) },
    DeleteItem: { ...writes.deleteItem, run: writeAlone(writes.deleteItem) },
    BatchWriteItem: dynalites("BatchWriteItem", atomicStore),
    TransactWriteItems: { types: transactWriteTypes, custom: transactWriteMistake, run: transactWriteItems },
    TransactGetItems: { types: transactGetTypes, custom: transactGetMistake, run: transactGetItems },
    CreateTable: extended("createTable", createTable, AWS_ALONE),
    UpdateTable: {
      types: { TableName: validationOf("updateTable").types.TableName, ...PROTECTION },
      ignored: AWS_ALONE,
      run: updateTable,
    },
    DeleteTable: { ...validationOf("deleteTable"), run: deleteTable },
    DescribeTimeToLive: { ...validationOf("describeTimeToLive"), run: describeTimeToLive },
    UpdateTimeToLive: { types: updateTypes, run: updateTimeToLive },
  } satisfies Record<string, Operation>),
);

function read(name: string): [string, Operation] {
  return [name, dynalites(name)];
}

function dynalites(name: string, storeFor = (store: Store) => store): Operation {
  const own = name[0]?.toLowerCase() + name.slice(1);
  const action = actionOf(own);
  return { ...validationOf(own), run: (store, data) => run(action, storeFor(store), data) };
}

function extended(name: string, run: Operation["run"], ignored: readonly string[]): Operation {
  const validation = validationOf(name);
  return { ...validation, types: { ...validation.types, ...PROTECTION }, ignored, run };
}
