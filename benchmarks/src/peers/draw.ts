import { randomInt } from "../../../functions/lucky-numbers/src/random-int.ts";

export type LuckyNumbers = { readonly message: string; readonly numbers: number[] };

/** What every peer does once the request is checked, so that only what is around it differs. */
export function draw({ name, count }: { readonly name: string; readonly count: number }): LuckyNumbers {
  const length = Math.min(Math.max(count, 2), 20);
  return {
    message: `Hi, '${name.toUpperCase()}'. Your lucky numbers are:`,
    numbers: Array.from({ length }, () => randomInt(1, 42)),
  };
}
