import { AwsError } from "../aws/aws-error.ts";
import type { Table } from "../declare/table.ts";
import { variableOf } from "../declare/variable.ts";

/** Thrown for an item that its table's schema refuses: one that was to be written, or one of an older shape that was read. */
export class ItemError extends Error {
  override readonly name = "ItemError";
}

/** Thrown for an item of more than 400 KB, or a transaction of more than 4 MB. */
export class ItemTooLargeError extends Error {
  override readonly name = "ItemTooLargeError";
}

/** Thrown where the table is not there. */
export class NoTableError extends Error {
  override readonly name = "NoTableError";
}

/** Thrown for a cursor that is not of the query it was given to; `lambda` answers it with a 422, for a caller sent it. */
export class InvalidCursorError extends Error {
  override readonly name = "InvalidCursorError";
}

/** The physical name of a table, which infra, the local server and tests give. Throws a NoTableError. */
export function nameOf(table: Table): string {
  const variable = variableOf(table);
  const name = process.env[variable]; // read late: a test has a table of its own
  if (name) return name;
  throw new NoTableError(`${variable} is not set: a contract that uses the table ${table.name} makes it be`);
}

/** An error of AWS's in the table's own words, where there are some. */
export function explain(error: unknown, table: Table): unknown {
  if (!(error instanceof AwsError)) return error;
  const { name, message } = error;
  if (name === "ResourceNotFoundException") {
    const there = `${process.env[variableOf(table)]} in ${process.env.AWS_REGION}`;
    return new NoTableError(`There is no table ${table.name} (${there}).`, { cause: error });
  }
  if (name === "ValidationException" && /size.*exceeded/i.test(message)) {
    return new ItemTooLargeError(`An item of ${table.name} is larger than 400 KB.`, { cause: error });
  }
  return error;
}
