/** From which number of seconds on a wait is told in this unit, and how many of them it has. */
const UNITS = [
  ["day", 48 * 3600, 86_400],
  ["hour", 2 * 3600, 3600],
  ["minute", 120, 60],
  ["second", 1, 1],
] as const;
/** In seconds. Nobody waits longer, so that is no answer. */
const LONGEST = 366 * 86_400;

/** How long to wait, for people, such as "7 seconds"; a moment where that is not known. */
export function toDuration(milliseconds: number | undefined): string {
  const seconds = Math.ceil((milliseconds ?? 0) / 1000);
  const [unit, , length] = UNITS.find(([, least]) => seconds >= least) ?? [];
  if (unit === undefined || seconds > LONGEST) return "a moment";
  return new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay: "long" }).format(
    Math.ceil(seconds / length),
  );
}
