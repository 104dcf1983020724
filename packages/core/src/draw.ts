import { drawLuckyNumbers, LuckyNumbers, type LuckyNumbersRequest, type RandomInt } from "./lucky-numbers.ts";
import * as z from "./zod.ts";

const DAYS_KEPT = 30;
/** Latest draws are looked for in so many places at once; each takes a thousand new ones a second. */
const SHARDS = 4;

export const DrawId = z.uuidv7({ error: "Give the id of a draw." });

/** A draw that is kept, as its callers see it. */
export const Draw = z.extend(LuckyNumbers, {
  /** Ids are in the order of their draws. */
  id: DrawId,
  drawnAt: z.iso.datetime(),
});
export type Draw = z.infer<typeof Draw>;

/** The same with what only its table needs. */
export const KeptDraw = z.extend(Draw, {
  shard: z.int().check(z.gte(0), z.lt(SHARDS)),
  /** The second since 1970 from which on it is gone. */
  expiresAt: z.int(),
});
export type KeptDraw = z.infer<typeof KeptDraw>;

/** Draws lucky numbers to be kept for 30 days. */
export function makeDraw(request: LuckyNumbersRequest, now: Date, randomInt: RandomInt): KeptDraw {
  return {
    ...drawLuckyNumbers(request, randomInt),
    id: makeId(now, randomInt),
    drawnAt: now.toISOString(),
    shard: randomInt(0, SHARDS),
    expiresAt: Math.floor(now.getTime() / 1000) + DAYS_KEPT * 24 * 60 * 60,
  };
}

/** A version 7 UUID, which begins with the millisecond: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7 */
function makeId(now: Date, randomInt: RandomInt): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  const random = (bits: number) => hex(randomInt(0, 2 ** bits), Math.ceil(bits / 4));
  const time = hex(now.getTime(), 12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random(12)}-${hex(0x80 + randomInt(0, 0x40), 2)}${random(8)}-${random(24)}${random(24)}`;
}

export const DrawsPage = z.object({
  draws: z.array(Draw),
  /** Where the next page begins; none at the end. */
  cursor: z.optional(DrawId),
});
export type DrawsPage = z.infer<typeof DrawsPage>;

/** Reads draws of one shard before that id, from the latest on, `limit` at most. */
export type ReadShard = (
  shard: number,
  before: string | undefined,
  limit: number,
) => Promise<readonly Draw[]>;

/** The latest draws before the cursor, of all shards together. */
export async function latestDraws(readShard: ReadShard, limit: number, cursor?: string): Promise<DrawsPage> {
  const shards = Array.from({ length: SHARDS }, (_, shard) => readShard(shard, cursor, limit));
  const found = (await Promise.all(shards)).flat().sort((a, b) => (a.id < b.id ? 1 : -1));
  const draws = found.slice(0, limit);
  const last = draws.at(-1)?.id;
  return { draws, ...(found.length >= limit && last !== undefined && { cursor: last }) };
}
