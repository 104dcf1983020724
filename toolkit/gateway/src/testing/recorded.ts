import { readFileSync } from "node:fs";

/** An event of `events/`, complete as AWS sends it, with these fields in place of its own. */
export function recorded(name: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  const file = new URL(`../../events/${name}.json`, import.meta.url);
  return { ...JSON.parse(readFileSync(file, "utf8")), ...change };
}
