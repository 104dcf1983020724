import { statSync } from "node:fs";

/**
 * When a source was last written, in milliseconds; 0 if it is gone. Not a number if that was after `before`: whoever
 * began to read then may have the one or the other, and it counts as changed.
 */
export function timeOf(file: string, before = Number.POSITIVE_INFINITY): number {
  const time = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return time < before ? time : Number.NaN;
}

/** Whether one of the files has another time now. */
export function haveChanged(times: ReadonlyMap<string, number>): boolean {
  return [...times].some(([file, time]) => timeOf(file) !== time);
}
