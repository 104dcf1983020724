import { setTimeout as delay, setImmediate as turnOfTheLoop } from "node:timers/promises";

/** An editor may write a file in several steps; they become one run. */
const SETTLING_MS = 10;

export type Rerun = {
  /** Asks for a run: after the one that is under way, and for all that ask before it begins. */
  request(): void;
  /** Resolves when whatever has been asked for is done, by changes of files that this process need not have seen yet. */
  settled(): Promise<void>;
  /** Whether there will be another. */
  isAwaited(): boolean;
};

/** Runs again after changes, one run at a time. `run` must not reject. */
export function createRerun(run: () => Promise<void>): Rerun {
  let running: Promise<unknown> | undefined;
  let isAwaited = false;
  return {
    request() {
      if (isAwaited) return;
      isAwaited = true;
      running = Promise.all([running, delay(SETTLING_MS)]).then(() => {
        isAwaited = false; // from here on, a change needs another run
        return run();
      });
    },
    async settled() {
      await turnOfTheLoop(); // the system may have told of a request before it tells of the edit that was ahead of it
      await running;
    },
    isAwaited: () => isAwaited,
  };
}
