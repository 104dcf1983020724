import type { Json } from "../schema/schema.ts";
import { breaking, type Change, news, sortNames } from "./change.ts";
import { type Operation, operationsOf } from "./operations.ts";
import { compareReplies } from "./replies.ts";
import { compareRequests } from "./request.ts";
import { compareSecurity } from "./security.ts";

/** What two OpenAPI documents say differently to callers. */
export type Comparison = {
  readonly breaks: readonly OperationChange[];
  /** What else is new, or easier. */
  readonly news: readonly OperationChange[];
  /** The operations that are the same. */
  readonly same: readonly string[];
};

export type OperationChange = Omit<Change, "breaks"> & {
  /** Such as `GET /notes/{id}`. */
  readonly operation: string;
};

/**
 * Compares two OpenAPI 3.1 documents for those who call the API: what narrows a request breaks, and what widens a reply. Words
 * that only describe, servers, callbacks and webhooks are not compared. Throws an error for a `$ref` that leads nowhere.
 *
 *     compareDocuments(before, after).breaks;
 *     // [{ operation: "POST /notes", place: "body #/title", says: "is new and required" }]
 */
export function compareDocuments(before: Json, after: Json): Comparison {
  const [was, is] = [operationsOf(before), operationsOf(after)];
  const { gone, fresh, kept } = sortNames(was.keys(), is.keys());
  const pairs = [...gone, ...kept, ...fresh].map((key) => [was.get(key), is.get(key)] as const);
  const found = pairs.map(([one, another]) => ({
    operation: another?.name ?? one?.name ?? "",
    changes: compareOperations(one, another, { before, after }),
  }));
  const all = found.flatMap(({ operation, changes }) => changes.map((change) => ({ operation, ...change })));
  const pick = (isBreaking: boolean) =>
    all.flatMap(({ breaks, ...change }) => (breaks === isBreaking ? [change] : []));
  return {
    breaks: pick(true),
    news: pick(false),
    same: found.filter(({ changes }) => changes.length === 0).map(({ operation }) => operation),
  };
}

function compareOperations(
  before: Operation | undefined,
  after: Operation | undefined,
  documents: { readonly before: Json; readonly after: Json },
): readonly Change[] {
  if (before === undefined) return [news("", "is new")];
  if (after === undefined) return [breaking("", "is gone")];
  const isDeprecated = after.definition.deprecated === true && before.definition.deprecated !== true;
  return [
    ...(isDeprecated ? [news("", "is deprecated now")] : []),
    ...compareSecurity(before, after, documents),
    ...compareRequests(before, after, documents),
    ...compareReplies(before, after, documents),
  ];
}
