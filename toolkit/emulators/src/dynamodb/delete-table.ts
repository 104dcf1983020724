import { type Data, readTable, type Store } from "./dynalite.ts";
import { validationError } from "./service-error.ts";
import { rangesOf } from "./store.ts";
import { expiryKey } from "./time-to-live.ts";

/** Deletes a table. Its description goes first: what a killed process leaves of the rest, the next table of that name clears. */
export async function deleteTable(store: Store, { TableName }: Data): Promise<Record<string, unknown>> {
  const table = await readTable(store, TableName, false);
  if (table.DeletionProtectionEnabled)
    throw validationError(
      `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
    );
  await store.db.batch([
    { type: "del", key: `table~${TableName}` },
    { type: "del", key: expiryKey(TableName) },
  ]);
  await clearTable(store, TableName);
  store.forget(TableName);
  return { TableDescription: { ...table, TableStatus: "DELETING" } };
}

/** Deletes all that is kept under a table's name but its description. */
export async function clearTable(store: Store, name: string): Promise<void> {
  for (const range of rangesOf(name)) await store.db.clear(range);
}
