import { createHash } from "node:crypto";
import type { Data, Store, Write } from "./dynalite.ts";
import { serviceError } from "./service-error.ts";
import { rangeOf } from "./store.ts";

const LIFETIME = 10 * 60 * 1000; // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
const PREFIX = "token~";

type Kept = { readonly hash: string; readonly at: number };

/** Whether the same request was made with its token before, and what remembers it: to be written with what it writes. */
export type Token = { readonly isKnown: boolean; readonly writes: readonly Write[] };

/** Runs `work` with the request's token. A request with the same token waits for the first one. */
export async function withToken<T>(
  store: Store,
  data: Data,
  now: number,
  work: (token: Token) => Promise<T>,
): Promise<T> {
  const { ClientRequestToken: token } = data;
  if (typeof token !== "string") return work({ isKnown: false, writes: [] });
  const key = PREFIX + token;
  const release = await new Promise<() => void>((resolve) => {
    store.tableDb.lock(key, (free) => resolve(() => free(() => {})(null)));
  });
  try {
    const hash = hashOf(data); // now: an update writes into its own request
    const kept = (await store.db.get(key)) as Kept | undefined; // written by this function's callers
    const isKnown = kept !== undefined && !isOld(kept, now);
    if (isKnown && kept.hash !== hash)
      throw serviceError(
        "IdempotentParameterMismatchException",
        "The request uses the same client token as a previous, but non-identical request.",
      );
    return await work({ isKnown, writes: [{ type: "put", key, value: { hash, at: now } satisfies Kept }] });
  } finally {
    release();
  }
}

/** Forgets the tokens that no request may name again. */
export async function sweepTokens(store: Store, now: number): Promise<void> {
  const old: Write[] = [];
  for await (const key of store.db.keys(rangeOf(PREFIX))) {
    const kept = (await store.db.get(key)) as Kept | undefined;
    if (kept !== undefined && isOld(kept, now)) old.push({ type: "del", key });
  }
  await store.db.batch(old);
}

function isOld({ at }: Kept, now: number): boolean {
  return Math.abs(now - at) >= LIFETIME; // a clock may be set back
}

/** Of what a transaction writes, whatever the order of its members. */
function hashOf({ TransactItems }: Data): string {
  return createHash("sha256").update(JSON.stringify(TransactItems, inOrder)).digest("hex");
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
