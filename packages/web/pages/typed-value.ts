/** What somebody has typed, as JSON: a number where it reads as one, else the text as it is, for the API to judge. */
export function toJsonValue(typed: string): number | string | undefined {
  const text = typed.trim();
  if (text === "") return undefined;
  const number = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : typed;
}
