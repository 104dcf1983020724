import { AwsError } from "../aws/aws-error.ts";
import type { Table } from "../declare/table.ts";
import { variableOf } from "../declare/variable.ts";

/** Thrown for an item, or a key, that its table's declaration refuses: one that was to be written, or one of an older shape that was read. */
export class ItemError extends Error {
  override readonly name = "ItemError";
}

/** Thrown for an item of more than 400 KB, or a call of more than DynamoDB takes. */
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
  readonly cursor: string;

  constructor(message: string, cursor: string) {
    super(message);
    this.cursor = cursor;
  }
}

/** The physical name of a table, which infra, the local server and tests give. Throws a NoTableError. */
export function nameOf(table: Table): string {
  const variable = variableOf(table);
  const name = process.env[variable]; // read late: a test has a table of its own
  if (name) return name;
  throw new NoTableError(
    `${variable} is not set: a function gets the table ${table.name} where its contract says that it uses it.`,
  );
}

/** An error of AWS's in words of the tables, where there are some. */
export function explain(error: unknown, tables: string): unknown {
  if (!(error instanceof AwsError)) return error;
  const { name, message, status } = error;
  if (name === "ResourceNotFoundException")
    return new NoTableError(`There is no table ${tables} in ${process.env.AWS_REGION}: deploy it first.`, {
      cause: error,
    });
  if (status === 413 || /Item size.*exceeded/.test(message + JSON.stringify(error.details)))
    return new ItemTooLargeError(`An item of ${tables} is larger than 400 KB.`, { cause: error });
  return error;
}
