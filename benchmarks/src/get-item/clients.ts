import { fileURLToPath } from "node:url";
import { OURS, type Subject } from "../subjects.ts";

export const NO_TABLE = "no table";
/** The same twice: what they differ by is noise. */
export const NO_TABLE_AGAIN = "no table again";
export const AWS_SDK = "@aws-sdk/client-dynamodb";

/** One way to get an item of DynamoDB. */
export type ClientSubject = Omit<Subject, "format">;

export const clients: readonly ClientSubject[] = [
  client(NO_TABLE, "bound", "no-table"),
  client(NO_TABLE_AGAIN, "bound", "no-table"),
  client("a signed call by hand", "bound", "by-hand"),
  client(OURS, "ours", "ours"),
  client(AWS_SDK, "peer", "aws-sdk"),
  client("@aws-sdk/lib-dynamodb", "peer", "lib-dynamodb"),
  client("aws4fetch", "peer", "aws4fetch"),
  client("@aws-lite/dynamodb", "peer", "aws-lite"),
  client("electrodb", "peer", "electrodb"),
  client("dynamodb-toolbox", "peer", "dynamodb-toolbox"),
  client("PostgreSQL, pg", "peer", "../../postgresql/handler"),
];

function client(name: string, kind: Subject["kind"], file: string): ClientSubject {
  return {
    name,
    kind,
    library: name,
    entry: fileURLToPath(new URL(`handlers/${file}.ts`, import.meta.url)),
  };
}
