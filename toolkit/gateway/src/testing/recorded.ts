import { readFileSync } from "node:fs";

/** The folder of events as AWS sends them; those in its `other/` are not HTTP requests. */
export const eventsFolder = new URL("../../events/", import.meta.url);

/** An event of that folder, complete as AWS sends it, with these fields in place of its own. */
export function recorded(name: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  const file = new URL(`${name}.json`, eventsFolder);
  return { ...JSON.parse(readFileSync(file, "utf8")), ...change };
}
