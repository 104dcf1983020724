import { clearTable } from "./delete-table.ts";
import { actionOf, type Data, run, type Store, type Table } from "./dynalite.ts";
import { serviceError } from "./service-error.ts";

const action = actionOf("createTable");

/** Creates a table that is ready at once: dynalite would write it as CREATING, and a killed process leave it so for ever. */
export async function createTable(store: Store, data: Data): Promise<Record<string, unknown>> {
  if ((await store.db.get(`table~${data.TableName}`)) !== undefined)
    throw serviceError("ResourceInUseException", `Table already exists: ${data.TableName}`);
  await clearTable(store, data.TableName); // what a killed process left
  let isWritten = false;
  const tableDb: Store["tableDb"] = {
    ...store.tableDb,
    put(key, table, callback) {
      if (isWritten) return callback(null); // dynalite's second, which says ACTIVE, could raise a table that is deleted by then
      isWritten = true;
      store.tableDb.put(key, activate(table as Table), callback); // what dynalite writes there
    },
  };
  return run(action, { ...store, tableDb }, data);
}

export function activate(table: Table): Table {
  const indexes = table.GlobalSecondaryIndexes?.map((index) => ({ ...index, IndexStatus: "ACTIVE" }));
  return { ...table, TableStatus: "ACTIVE", ...(indexes && { GlobalSecondaryIndexes: indexes }) };
}
