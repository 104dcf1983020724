import type { Branch, Rule } from "./branch.ts";

/** Whether a branch allows a value of its type, as far as can be said of one: of a format, or of lists, it says no. */
export function allows({ type, isInteger, minimum, maximum, sizes, rules }: Branch, value: unknown): boolean {
  if (![...rules.values()].every((rule) => keeps(rule, value))) return false;
  if (typeof value === "number")
    return (
      (!isInteger || Number.isInteger(value)) &&
      (minimum === undefined || (minimum.isExclusive ? value > minimum.at : value >= minimum.at)) &&
      (maximum === undefined || (maximum.isExclusive ? value < maximum.at : value <= maximum.at))
    );
  if (typeof value !== "string") return type === "null" || type === "boolean";
  const length = [...value].length; // in characters, as JSON Schema has it
  return length >= (sizes.minLength ?? 0) && length <= (sizes.maxLength ?? length);
}

function keeps({ keyword, value: limit }: Rule, value: unknown): boolean {
  if (keyword === "multipleOf") return Number(value) % Number(limit) === 0;
  if (keyword !== "pattern") return false;
  try {
    return new RegExp(String(limit), "u").test(String(value));
  } catch {
    return false;
  }
}
