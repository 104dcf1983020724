import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { context } from "@lucky/gateway/testing";
import { median } from "./statistics.ts";
import type { WarmTask } from "./warm.ts";

// Runs one handler over and over. What it logs is thrown away: on Lambda that is the runtime client's work, which the
// round trip measures.

type Handler = (event: unknown, context: unknown) => Promise<{ statusCode: number }>;

const BATCHES = 10;

const [task] = (await once(process, "message")) as [WarmTask]; // what warm.ts sends
const { handler } = (await import(pathToFileURL(task.file).href)) as { handler: Handler }; // as every bundle exports it
for (const method of ["debug", "info", "log", "warn", "error"] as const) console[method] = () => {};

const event: unknown = JSON.parse(task.event);
const { statusCode } = await handler(event, context);
if (statusCode !== 200) throw new Error(`${task.file} answered ${statusCode}`);

const { count } = await runFor(task.warmUpMs);
const batch = Math.max(1, Math.round((count * task.countedMs) / task.warmUpMs / BATCHES));
const figures: number[] = [];
for (let index = 0; index < BATCHES; index++) {
  const started = performance.now();
  for (let nth = 0; nth < batch; nth++) await handler(event, context);
  figures.push(((performance.now() - started) * 1000) / batch);
}
process.send?.(median(figures));

/** As often as there is time for. */
async function runFor(milliseconds: number): Promise<{ count: number }> {
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < milliseconds) {
    for (let nth = 0; nth < 20; nth++) await handler(event, context);
    count += 20;
  }
  return { count };
}
