import type { Answer } from "@lucky/gateway/answer";
import { Problem } from "@lucky/gateway/problem";
import { UnknownOutcomeError } from "../aws/aws-error.ts";
import { builtin } from "../aws/builtin.ts";
import { clock } from "../aws/clock.ts";
import type { IdempotencyTable, KeptRequest } from "../declare/idempotency-table.ts";
import type { Write } from "../handles.ts";
import { writerOf } from "../table/table-writer.ts";

/** A request that nobody else runs, until its function must have ended. */
export type Claim = {
  /** Keeps the answer for all who come later. */
  keep(answer: Answer): Promise<void>;
  /** The same as a part of a transaction, which fails where another has the request by now. */
  keeping(answer: Answer): Write;
  /** Lets another try run it, unless its answer is kept. */
  release(): Promise<void>;
};

/** DynamoDB's 400 KB, without what else the item has. */
const LARGEST_ANSWER = 400 * 1024 - 1024;
const TOO_LARGE = "too large";
/** Clocks of environments differ a little. */
const MARGIN_MS = 1000;
/** So often a request may end between our try to claim it and our look at who has it. */
const TRIES = 3;

/**
 * Claims a request, by a conditional write: of many at once, one gets it. The others, and those who come later, get what there is
 * to answer. A claim ends by itself when its function's time is over, so one that was killed half-way may be tried again.
 */
export async function claimRequest(
  table: IdempotencyTable,
  { id, fingerprint }: Pick<KeptRequest, "id" | "fingerprint">,
): Promise<Claim | Problem | { readonly answer: Answer }> {
  const requests = writerOf(table);
  const owner = builtin("node:crypto").randomUUID();
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const expiresAt = secondAfter(clock.remainingMs() + MARGIN_MS);
    const isOurs = await requests.create({ id, fingerprint, owner, expiresAt }).catch(whereUnknown);
    if (isOurs) return claimOf(table, id, owner);
    const found = await requests.get({ id }, { consistent: true });
    if (found?.owner === owner) return claimOf(table, id, owner);
    if (found) return answerOf(found, fingerprint);
  }
  return inProgress();
}

/** Whether a claim is ours is seen when it is read. */
function whereUnknown(error: unknown): boolean {
  if (error instanceof UnknownOutcomeError) return false;
  throw error;
}

function claimOf(table: IdempotencyTable, id: string, owner: string): Claim {
  const { writes, update, delete: remove } = writerOf(table);
  const key = { id };
  const ours = { if: { owner, answer: { exists: false } } } as const;
  const changes = (answer: Answer) => {
    const text = JSON.stringify(answer);
    const isHeld = Buffer.byteLength(text) <= LARGEST_ANSWER;
    return { set: { answer: isHeld ? text : TOO_LARGE, expiresAt: secondAfter(table.hours * 3_600_000) } };
  };
  return {
    async keep(answer) {
      const keep = async () => (await update(key, changes(answer), ours)) !== undefined;
      await keep().catch((error) => whereUnknown(error) || keep()); // where it was done, its condition fails
    },
    keeping: (answer) => writes.update(key, changes(answer), ours),
    async release() {
      await remove(key, ours);
    },
  };
}

function answerOf(
  { answer, fingerprint }: KeptRequest,
  asked: string,
): Problem | { readonly answer: Answer } {
  if (fingerprint !== asked)
    return new Problem("idempotency-key-reused", "Send another request with a key of its own.");
  if (answer === undefined) return inProgress();
  if (answer === TOO_LARGE)
    return new Problem("answer-not-kept", "It was done: do not send it again with another key.");
  const kept: Answer = JSON.parse(answer); // as `changes` wrote it
  return { answer: { ...kept, headers: { ...kept.headers, "idempotent-replayed": "true" } } };
}

function inProgress(): Problem {
  return new Problem("request-in-progress", "Send the same again a little later.", {
    headers: { "retry-after": "1" },
  });
}

function secondAfter(ms: number): number {
  return Math.ceil((clock.now() + ms) / 1000);
}
