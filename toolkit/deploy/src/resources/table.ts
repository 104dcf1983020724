import { nameOnAws } from "@lucky/application/resources";
import type { Table } from "@lucky/resources/declare";
import { DECLARED_AS, type TableKeys } from "../uses/deployed-tables.ts";

/** What DynamoDB must be told of a table's keys. */
export function keysOf({ key, indexes, numbers }: Table): TableKeys {
  const keys = [key, ...Object.values(indexes)];
  const names = new Set(keys.flatMap(({ partition, sort }) => (sort ? [partition, sort] : [partition])));
  return {
    hashKey: key.partition,
    rangeKey: key.sort,
    attributes: [...names].map((name) => ({ name, type: numbers.includes(name) ? "N" : "S" })),
  };
}

/**
 * Makes a table as it is declared, paid by use. `keepsData`: what is deleted in it can be brought back for 35 days, and it goes
 * neither with its stage nor by a mistake.
 */
export function createTable(table: Table, { keepsData }: { readonly keepsData: boolean }): sst.aws.Dynamo {
  const { attributes } = keysOf(table);
  const indexOf = ({ partition, sort }: Table["key"]) => ({
    hashKey: partition,
    ...(sort && { rangeKey: sort }),
  });
  return new sst.aws.Dynamo(nameOnAws(table), {
    fields: Object.fromEntries(
      attributes.map(({ name, type }) => [name, type === "N" ? "number" : "string"]),
    ),
    primaryIndex: indexOf(table.key),
    globalIndexes: Object.fromEntries(
      Object.entries(table.indexes).map(([name, key]) => [name, indexOf(key)]),
    ),
    ...(table.expires && { ttl: table.expires }),
    deletionProtection: keepsData,
    transform: {
      table(args, opts) {
        args.tags = { [DECLARED_AS]: table.name };
        args.pointInTimeRecovery = { enabled: keepsData };
        if (!keepsData) return;
        opts.protect = true;
        opts.retainOnDelete = true;
      },
    },
  });
}
