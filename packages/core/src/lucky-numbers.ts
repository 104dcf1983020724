import * as z from "./zod.ts";

const LONGEST_NAME = 256;
const FEWEST_NUMBERS = 2;
const MOST_NUMBERS = 20;
const HIGHEST_NUMBER = 41;
const COUNT = "Give a whole number from 0 to 4294967295.";

/** Who asks, and for how many numbers. Unknown fields are ignored. */
export const LuckyNumbersRequest = z.object({
  /** May be empty; at most 256 characters, counted as Unicode code points. */
  name: z.string().check(z.maxLength(LONGEST_NAME)),
  /** A whole number, 0 to 4294967295; the draw clamps it to 2..20. */
  count: z.uint32({ error: ({ input }) => (input === undefined ? undefined : COUNT) }),
});
export type LuckyNumbersRequest = z.infer<typeof LuckyNumbersRequest>;

/** A greeting, and 2 to 20 whole numbers of 1 to 41. */
export const LuckyNumbers = z.object({
  message: z.string(),
  numbers: z
    .array(z.int().check(z.gte(1), z.lte(HIGHEST_NUMBER)))
    .check(z.minLength(FEWEST_NUMBERS), z.maxLength(MOST_NUMBERS)),
});
export type LuckyNumbers = z.infer<typeof LuckyNumbers>;

/** A uniform whole number, `min <= n < max`, such as `randomInt` of node:crypto. */
export type RandomInt = (min: number, max: number) => number;

/**
 * Greets by name in upper case (Unicode, whatever the locale) and draws `count` numbers, at least 2 and
 * at most 20, each uniform in 1..41 and independent of the others, so a number may come twice.
 */
export function drawLuckyNumbers({ name, count }: LuckyNumbersRequest, randomInt: RandomInt): LuckyNumbers {
  const length = Math.min(Math.max(count, FEWEST_NUMBERS), MOST_NUMBERS);
  return {
    message: `Hi, '${name.toUpperCase()}'. Your lucky numbers are:`,
    numbers: Array.from({ length }, () => randomInt(1, HIGHEST_NUMBER + 1)),
  };
}
