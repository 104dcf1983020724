import { randomBytes as fresh } from "node:crypto";

const POOL_BYTES = 8192;
let pool = Buffer.alloc(0);
let used = 0;

/** Random bytes for ids, of a pool: each request has some forty, and the system takes its time for each few. */
export function randomBytes(count: number): Buffer {
  if (used + count > pool.length) {
    pool = fresh(POOL_BYTES);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}
