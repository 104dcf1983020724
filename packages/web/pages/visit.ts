import { type Numbers, toNumbers } from "./draw.ts";
import type { Exchange } from "./exchange.ts";

/** What a reader finds again who goes elsewhere and comes back: what was typed, the draw that was shown, and how many kept ones. */
export type Visit = {
  readonly name: string;
  readonly count: string;
  readonly draw: ShownDraw | undefined;
  readonly latest: number;
};
export type ShownDraw = { readonly outcome: Numbers; readonly exchange: Exchange | undefined };

/** Keeps it with this entry of the browser's history. */
export function remember(visit: Visit): void {
  try {
    history.replaceState(visit, "");
  } catch {
    // it is too large for the browser, or asked too often: then it is forgotten
  }
}

/** What an earlier version of this page has left is read as far as it is understood. */
export async function recall(): Promise<Visit | undefined> {
  const { name, count, draw, latest } = fieldsOf(history.state);
  if (typeof name !== "string" || typeof count !== "string") return undefined;
  const { outcome, exchange } = fieldsOf(draw);
  const numbers = await toNumbers(outcome);
  return {
    name,
    count,
    draw: numbers && { outcome: numbers, exchange: toExchange(exchange) },
    latest: Number.isSafeInteger(latest) ? Number(latest) : 0,
  };
}

function toExchange(value: unknown): Exchange | undefined {
  const { request, response, curl } = fieldsOf(value);
  const isWhole = typeof request === "string" && typeof response === "string" && typeof curl === "string";
  return isWhole ? { request, response, curl } : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" ? { ...value } : {};
}
