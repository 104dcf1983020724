import type { Callback, Level, Write } from "./dynalite.ts";

/**
 * Makes one write after the other, and none after one that failed: on a full disk LevelDB would acknowledge the next, and lose it
 * at the next start, because it stands in the log behind half a record.
 */
export function writeInOrder(db: Level): void {
  const write = db.batch.bind(db) as (writes: readonly Write[]) => Promise<void>; // its form without a callback
  let last: Promise<unknown> = Promise.resolve();
  let failure: Error | undefined;

  const writeNext = async (writes: readonly Write[]) => {
    if (failure !== undefined) throw failure;
    try {
      await write(writes);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      failure = new Error(`${reason}. Nothing more is written: make room on the disk, and start again`, {
        cause,
      });
      throw failure;
    }
  };

  db.batch = ((writes: readonly Write[], callback?: Callback) => {
    const written = last.then(() => writeNext(writes));
    last = written.catch(() => {});
    if (callback === undefined) return written;
    written.then(
      () => setImmediate(callback, null),
      (error) => setImmediate(callback, error),
    );
  }) as Level["batch"]; // both of its forms
}
