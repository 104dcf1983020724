import { bundleBudget } from "../../functions/lucky-numbers/src/bundle-budget.ts";
import type { MetricName } from "./figures.ts";
import { AWS_SDK, NO_TABLE } from "./get-item/clients.ts";
import { BY_HAND, EMPTY } from "./subjects.ts";

/** A promise about this project's figures. */
export type Budget = {
  readonly name: string;
  /** The figure must be no more than this: in bytes, or as a ratio where there is something to divide by. */
  readonly limit: number;
  readonly metric: MetricName;
  /** What our figure is divided by: a subject by its name, or the best of those, each in its best format. */
  readonly over?:
    | typeof EMPTY
    | typeof BY_HAND
    | typeof NO_TABLE
    | typeof AWS_SDK
    | "the fastest framework"
    | "the fastest peer";
  /**
   * Where a budget is knowingly missed: the figure that it must not get worse than, and why it is missed.
   */
  readonly accepted?: { readonly ceiling: number; readonly reason: string };
};

const SCHEMAS =
  "zod/mini and the two schemas alone are at 1.14, the gateway without them at 1.10: see EXPERIMENTS.md";
const SIZE = "zod/mini with the two schemas is 21 KB / 7.5 KB of it: see EXPERIMENTS.md";
const REPLY =
  "it checks the reply as well, reads four kinds of events and answers in them: see EXPERIMENTS.md";

const TLS =
  "a signed call by hand, with nothing around it, is within a few hundredths of that: the rest is Node's own TLS and HTTP";

export const budgets: readonly Budget[] = [
  {
    name: "cold start CPU beside an empty handler",
    metric: "cold.cpuMs",
    over: EMPTY,
    limit: 1.1,
    accepted: { ceiling: 1.3, reason: SCHEMAS },
  },
  {
    name: "warm time beside checks by hand",
    metric: "warm",
    over: BY_HAND,
    limit: 2,
    accepted: { ceiling: 4, reason: REPLY },
  },
  {
    name: "warm time beside frameworks",
    metric: "warm",
    over: "the fastest framework",
    limit: 1 / 3,
    accepted: { ceiling: 0.55, reason: REPLY },
  },
  {
    name: "round trip p50 beside an empty handler",
    metric: "trip.p50Us",
    over: EMPTY,
    limit: 1.05,
    accepted: { ceiling: 1.35, reason: REPLY },
  },
  {
    name: "bundle, minified",
    metric: "size.minified",
    limit: 24_000,
    accepted: { ceiling: bundleBudget.minified, reason: SIZE },
  },
  {
    name: "bundle, gzipped",
    metric: "size.gzipped",
    limit: 9_000,
    accepted: { ceiling: bundleBudget.gzipped, reason: SIZE },
  },
  {
    name: "cold start CPU with a table beside without",
    metric: "table.cpuMs",
    over: NO_TABLE,
    limit: 1.6,
    accepted: { ceiling: 1.8, reason: TLS },
  },
  {
    name: "cold start CPU with a table beside the AWS SDK",
    metric: "table.cpuMs",
    over: AWS_SDK,
    limit: 0.55,
    accepted: { ceiling: 0.68, reason: TLS },
  },
  // No peer is faster than ours in any measure.
  { name: "no peer is faster: cold start, wall", metric: "cold.wallMs", over: "the fastest peer", limit: 1 },
  { name: "no peer is faster: cold start, CPU", metric: "cold.cpuMs", over: "the fastest peer", limit: 1 },
  { name: "no peer is faster: init", metric: "cold.initMs", over: "the fastest peer", limit: 1 },
  {
    name: "no peer is faster: warm",
    metric: "warm",
    over: "the fastest peer",
    limit: 1,
    accepted: { ceiling: 4.5, reason: `the plain handler does less: ${REPLY}` },
  },
  {
    name: "no peer is faster: round trip, p50",
    metric: "trip.p50Us",
    over: "the fastest peer",
    limit: 1,
    accepted: { ceiling: 1.35, reason: `the plain handler does less: ${REPLY}` },
  },
  { name: "no peer is faster: peak memory", metric: "cold.peakMb", over: "the fastest peer", limit: 1 },
];
