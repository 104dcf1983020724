import { readFileSync } from "node:fs";
import type { Report } from "@lucky/changes/report-since";
import { serveAws } from "../aws.ts";
import { madeUpSecrets, secretsOf } from "../made-up-secrets.ts";
import { createProject, type Diff } from "../project.ts";
import { toState } from "../state.ts";
import type { EngineStep } from "../steps.ts";
import { type Cost, costOf } from "./cost.ts";
import { functionsOf, type PlannedFunction } from "./functions.ts";
import { PlanError } from "./plan-error.ts";
import { readSettings } from "./settings.ts";

/** What a deploy of a stage would do, and what there is then. The form of `pnpm plan --json`. */
export type Plan = {
  readonly app: string;
  readonly stage: string;
  /** The file with the state that it is compared with; null for a first deploy. */
  readonly state: string | null;
  /** Settings that were not set, and are made up: by name. */
  readonly madeUp: Readonly<Record<string, string>>;
  /** Those that a deploy needs, as SST names them; whether they are set is not known here. */
  readonly secrets: readonly string[];
  readonly counts: Readonly<Record<EngineStep["op"], number>>;
  /** What is made, changed, replaced or deleted; what stays the same is only counted. */
  readonly changes: readonly Change[];
  readonly functions: readonly PlannedFunction[];
  readonly cost: Cost;
  /** What changes for callers, as `pnpm changes --json` has it; null where nothing was compared. */
  readonly contracts: Report | null;
};

export type Change = Pick<EngineStep, "name" | "type" | "changed" | "replacing" | "losesData"> & {
  readonly op: Exclude<EngineStep["op"], "same">;
};

/** SST's components, and what it does at each deploy on this machine, such as to build pages: nothing of that stands anywhere. */
const WORKINGS = /^(?:sst|pulumi|pulumi-nodejs|command|random):/;

export type PlanOptions = {
  readonly stage: string;
  readonly state: string | null;
  readonly environment: NodeJS.ProcessEnv;
};

/** Runs `sst diff` with stand-ins for the engine and AWS. Throws a PlanError with what SST says where a deploy would be refused. */
export async function makePlan(root: string, options: PlanOptions): Promise<Omit<Plan, "contracts">> {
  const { stage, state } = options;
  const { set, madeUp } = readSettings(root, stage, options.environment);
  const aws = await serveAws();
  const project = createProject(aws.url, root, await madeUpSecrets(root));
  const cleanUp = () => project.remove();
  process.once("exit", cleanUp); // also where a signal ends it
  try {
    const account = state === null ? {} : { OFFLINE_ACCOUNT: accountOf(state) };
    const diff = await project.diff(stage, { ...set, ...madeUp, ...account }, state ?? "");
    if (diff.exitCode !== 0) throw new PlanError(whyRefused(diff));
    return {
      app: appOf(diff, stage, state),
      stage,
      state,
      madeUp,
      secrets: await secretsOf(root),
      ...describe(diff.steps),
    };
  } finally {
    process.off("exit", cleanUp);
    project.remove();
    await aws.close();
  }
}

function describe(steps: readonly EngineStep[]) {
  const resources = steps.flatMap((step) => (step.op === "delete" || !step.new ? [] : [step.new]));
  const planned = toState(resources);
  const counts = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };
  const real = steps
    .filter(({ type }) => !WORKINGS.test(type))
    .map((step) => (isPackedAnew(step) ? { ...step, op: "same" as const } : step));
  for (const { op } of real) counts[op] += 1;
  const changes = real.flatMap(({ op, name, type, changed, replacing, losesData }): Change[] =>
    op === "same" ? [] : [{ op, name, type, changed, replacing, losesData }],
  );
  return { counts, changes, functions: functionsOf(planned), cost: costOf(planned) };
}

/** The same code in a zip of another time: its key has the hash of what is in it. */
function isPackedAnew({ op, type, changed }: EngineStep): boolean {
  return op === "update" && type === "aws:s3/bucketObjectv2:BucketObjectv2" && changed.join() === "source";
}

/** Empty where the state names none. */
function accountOf(state: string): string {
  const [, account = ""] = /"arn:aws[\w-]*:[^:"]*:[^:"]*:(\d{12}):/.exec(readFileSync(state, "utf8")) ?? [];
  return account;
}

/** A state tells of which application and stage it is; of another one nothing can be said. */
function appOf({ steps }: Diff, stage: string, state: string | null): string {
  const of = steps.flatMap(({ old, new: row }) =>
    [old, row].flatMap((each) => each?.urn.split("::").slice(0, 2) ?? []),
  );
  const [stack = "", app = ""] = steps.flatMap(({ new: row }) => row?.urn.split("::").slice(0, 2) ?? []);
  const foreign = of.find((each) => each !== stack && each !== app);
  if (foreign !== undefined)
    throw new PlanError(
      `${state} is of another application or stage (${foreign}), and not of ${app}, ${stage}.`,
    );
  return app;
}

/** What SST says last, without what it says before. */
function whyRefused({ output }: Diff): string {
  const [, said = output] = output.split(/^✕ .*$/m);
  return `A deploy would be refused:\n${said.trim() || output.trim()}`;
}
