import { recorded } from "@lucky/gateway/recorded";
import { buildAwsRuntimeClient } from "@lucky/local/aws-runtime-client";
import { makeTemporaryFolder } from "./cleanup.ts";
import { measureCold } from "./cold.ts";
import type { Figures, MetricName, Series } from "./figures.ts";
import { clients } from "./get-item/clients.ts";
import { measureEngine } from "./get-item/engine.ts";
import { measureGetItem } from "./get-item/measure.ts";
import { measureGrowth } from "./growth/measure.ts";
import { describeMachine } from "./machine.ts";
import { type Options, UNDER_CLIENT } from "./options.ts";
import { full, quick } from "./plan.ts";
import { nodeUnder, type Program, preparePrograms } from "./programs.ts";
import type { Progress } from "./progress.ts";
import type { Result } from "./result.ts";
import { measureRoundTrips } from "./round-trip.ts";
import type { Rounds } from "./run.ts";
import { buildRust } from "./rust.ts";
import { measureWarm } from "./warm.ts";

const TIMED = ["cold", "warm", "trip"] as const;

/** Measures what it is told to. Throws an error that says what to do where this machine cannot. */
export async function benchmark(options: Options, progress: Progress): Promise<Result> {
  const { measures, beside } = options;
  if (process.platform !== "linux") {
    throw new Error("The benchmark needs Linux: it reads CPU time and memory in /proc.");
  }
  const began = new Date();
  const plan = options.quick ? quick : full;
  const event = JSON.stringify(recorded("http"));
  const notices: string[] = [];
  const notice = (text: string) => {
    notices.push(text);
    progress.notice(text);
  };

  const runtimeClient = UNDER_CLIENT.some((each) => measures.has(each))
    ? await buildAwsRuntimeClient(progress.notice)
    : undefined;
  const rust = measures.has("cold") || measures.has("trip") ? await buildRust(notice) : undefined;
  const folder = makeTemporaryFolder();
  progress.phase("bundling");
  const programs = await preparePrograms({ folder, runtimeClient: runtimeClient ?? "", beside, rust });

  let figures: Figures = {};
  if (measures.has("size")) figures = { ...figures, ...sizesOf(programs) };
  if (measures.has("cold")) {
    const onProgress = progress.phase("cold start");
    const rounds = await measureCold(programs, event, { ...plan.cold, onProgress });
    figures = { ...figures, ...columns("cold", rounds) };
  }
  if (measures.has("warm")) {
    const onProgress = progress.phase("warm time in process");
    const cells = programs.flatMap(({ name, bundle }) =>
      bundle ? [{ name, file: bundle.file, event }] : [],
    );
    figures = {
      ...figures,
      warm: Object.fromEntries(await measureWarm(cells, { ...plan.warm, onProgress })),
    };
  }
  if (measures.has("trip")) {
    const onProgress = progress.phase("round trip");
    const rounds = await measureRoundTrips(programs, event, { ...plan.trip, onProgress });
    figures = { ...figures, ...columns("trip", rounds) };
  }
  if (measures.has("table") && runtimeClient !== undefined) {
    const command = nodeUnder(runtimeClient);
    figures = { ...figures, ...(await measureGetItem({ folder, command, plan: plan.table, progress })) };
  }
  const engine = measures.has("table")
    ? [await measureEngine({ ...plan.table.engine, onProgress: progress.phase("DynamoDB on this machine") })]
    : [];
  const growth = await measureGrowth({
    ...{ measures, programs, runtimeClient, folder, event, progress },
    plan: plan.growth,
  });
  progress.end();

  return {
    date: began.toISOString(),
    seconds: Math.round((Date.now() - began.getTime()) / 1000),
    isQuick: options.quick,
    machine: describeMachine(runtimeClient),
    rounds: Object.fromEntries(
      TIMED.filter((each) => measures.has(each)).map((each) => [each, plan[each].rounds]),
    ),
    measured: [
      ...programs,
      ...(measures.has("table") ? clients.filter(({ kind }) => kind !== "ours") : []),
    ].map(({ name, kind, library }) => ({ name, kind, library })),
    figures,
    growth: [...growth, ...engine],
    notices,
  };
}

function sizesOf(programs: readonly Program[]): Figures {
  const sizes = new Map(programs.flatMap(({ name, bundle }) => (bundle ? [[name, [bundle.size]]] : [])));
  return columns("size", sizes);
}

/** Turns rounds of records into a series for each of their fields. */
function columns(measure: string, rounds: Rounds<Readonly<Record<string, number>>>): Figures {
  const fields = Object.keys(rounds.values().next().value?.[0] ?? {});
  const series = fields.map((field): [string, Series] => [
    `${measure}.${field}`,
    Object.fromEntries(
      [...rounds].map(([name, each]) => [name, each.map((round) => round[field] ?? Number.NaN)]),
    ),
  ]);
  return Object.fromEntries(series) as Partial<Record<MetricName, Series>>; // figures.ts names the fields of each
}
