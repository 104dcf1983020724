import type { Schema } from "@lucky/gateway/schema";
import type { Table } from "./table.ts";

/** A request with an idempotency-key: one that runs, or one that has been answered. */
export type KeptRequest = {
  /** Of its route, its caller and its key; nobody reads the key from it. */
  readonly id: string;
  /** Of all else that it asks. */
  readonly fingerprint: string;
  /** Which run has it. */
  readonly owner: string;
  /** As long as it runs, the second by which it has surely ended; then the one until which its answer is kept. */
  readonly expiresAt: number;
  /** What was answered, as JSON; `too large` for one that an item cannot hold. */
  readonly answer?: string | undefined;
};

export type IdempotencyTable = Table<
  Schema<KeptRequest>,
  { readonly partition: "id" },
  Record<never, never>,
  undefined
> & {
  /** How long an answer is kept. */
  readonly hours: number;
};

/**
 * Declares a table for the requests of contracts with `idempotent: "idempotency-key"`; one is enough for all of an application.
 * A contract uses it, declares its problems, and its handler is made by `lambdaOnce` of @lucky/resources/once.
 *
 *     export const Requests = idempotencyTable("requests");
 *     contract({ …, idempotent: "idempotency-key", problems: onceProblems, uses: { requests: write(Requests) } })
 *
 * An answer is kept for 24 hours unless told. Throws a RangeError for less than one hour.
 */
export function idempotencyTable(
  name: string,
  { hours = 24 }: { readonly hours?: number } = {},
): IdempotencyTable {
  if (!(hours >= 1 && Number.isFinite(hours)))
    throw new RangeError(`the table ${name} keeps answers for an hour at least, not ${hours}`);
  return {
    kind: "table",
    name,
    item,
    key: { partition: "id" },
    indexes: {},
    numbers: [],
    expires: "expiresAt",
    hours,
  };
}

/** What may be answered to a key that came before: the problems of contracts that use an idempotencyTable. */
export const onceProblems = {
  "request-in-progress": { status: 409, title: "The first request with this key still runs" },
  "answer-not-kept": { status: 409, title: "The request was done, and its answer was too large to keep" },
  "idempotency-key-reused": { status: 422, title: "The key is of another request" },
} as const;

const TEXTS = ["id", "fingerprint", "owner", "answer"];

const item: Schema<KeptRequest> = {
  "~standard": {
    version: 1,
    vendor: "lucky",
    validate(value) {
      const wrong = Object.entries(Object(value)).filter(([name, each]) =>
        TEXTS.includes(name) ? !["string", "undefined"].includes(typeof each) : !Number.isInteger(each),
      );
      return wrong.length === 0
        ? { value: value as KeptRequest } // it is written by `once` alone
        : { issues: wrong.map(([name]) => ({ message: "It is not as `once` writes it.", path: [name] })) };
    },
  },
};
