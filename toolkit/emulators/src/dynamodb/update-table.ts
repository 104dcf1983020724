import { type Data, readTable, type Store } from "./dynalite.ts";

/** Switches deletion protection. All else that UpdateTable changes is refused before: capacity has no meaning here. */
export async function updateTable(store: Store, data: Data): Promise<Record<string, unknown>> {
  const table = await readTable(store, data.TableName, false);
  const changed = { ...table, DeletionProtectionEnabled: data.DeletionProtectionEnabled === true };
  await store.db.batch([{ type: "put", key: `table~${data.TableName}`, value: changed }]);
  return { TableDescription: changed };
}
