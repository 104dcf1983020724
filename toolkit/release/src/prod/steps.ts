/** Each is watched for seven minutes, and the credentials last an hour. */
const MOST = 5;

/**
 * The percents of the requests that get a version one after the other, before all do: none unless set. Throws an Error that says
 * how to write them.
 *
 *     readSteps("10 50");
 */
export function readSteps(value = ""): readonly number[] {
  const words = value.split(/\s+/).filter((word) => word !== "");
  const steps = words.map(Number);
  const rise = steps.every((step, index) => step > (steps[index - 1] ?? 0));
  if (rise && steps.length <= MOST && words.every((word) => /^[1-9]\d?$/.test(word))) return steps;
  throw new Error(`LIVE_STEPS is "${value}": use at most ${MOST} percents that rise, such as 10 50.`);
}
