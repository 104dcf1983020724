import { UsageError } from "./usage-error.ts";

/** The value of an option as a whole number within bounds. Throws a UsageError that names the option. */
export function toNumber(text: string, option: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`${option} takes a number from ${least} to ${most}, not "${text}".`);
}
