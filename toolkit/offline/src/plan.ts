import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findRoot } from "@lucky/application/application";
import { type Report, reportSince } from "@lucky/changes/report-since";
import { run } from "@lucky/command/child-process";
import { runCommand } from "@lucky/command/command";
import { printableLines } from "@lucky/command/terminal";
import { UsageError } from "@lucky/command/usage-error";
import { makePlan, type Plan } from "./plan/plan.ts";
import { PlanError } from "./plan/plan-error.ts";
import { toText } from "./plan/text.ts";

const HELP = `Shows what a deploy of a stage would do, with no AWS account: what it makes, changes, replaces and deletes, what each function
may do, and its fixed monthly cost.

Usage: pnpm plan [options]

Options:
  --stage <name>     the stage; prod unless told
  --state <file>     what is deployed, as "pnpm sst state export --stage prod --decrypt > file" prints it, which needs the
                     account; without it the deploy is the first. It may have secrets in it
  --base <commit>    also shows what breaks callers since that commit, tag or OpenAPI document; with --state the last tag,
                     where there is one
  --allow-data-loss  exits with 0 also where data is lost
  --json             for machines: app, stage, state, madeUp, counts, changes, functions, cost, contracts
  --version          of this project
  -h, --help         this text

SST is real, the engine and AWS are stand-ins: what changed in AWS besides, quotas and permissions are not known to them. Settings
come from .env, .env.<stage> and the environment; what is missing and needed, such as ALARM_EMAIL, is made up. Values of
variables are never printed. The first time it brings SST's platform from the npm registry, which takes half a minute.

Exit code: 0, or 1 if the deploy would be refused or lose data (a table, a log, a bucket), 2 when called wrongly.
`;

await runCommand(HELP, async () => {
  const { values } = parseArgs({
    options: {
      stage: { type: "string", default: "prod" },
      state: { type: "string" },
      base: { type: "string" },
      "allow-data-loss": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  if (values.stage === "") throw new UsageError("--stage takes a name, such as prod.");
  const root = findRoot();
  const state = values.state === undefined ? null : checkState(values.state);
  await layOutPlatform();
  const planned = await makePlan(root, { stage: values.stage, state, environment: process.env });
  const plan: Plan = { ...planned, contracts: await compareContracts(values.base, state, root) };
  console.log(values.json ? printableLines(JSON.stringify(plan, null, 2)) : toText(plan));
  const lost = plan.changes.filter(({ losesData }) => losesData).map(({ op, name }) => `${op} ${name}`);
  if (lost.length === 0 || values["allow-data-loss"]) return;
  throw new PlanError(
    `It would lose data: ${lost.join(", ")}. Keep the resource, or give --allow-data-loss.`,
  );
});

/** The absolute path of a state that can be read. Throws an error that says how to get one. */
function checkState(name: string): string {
  const file = resolve(name);
  const how = "Get one by: pnpm sst state export --stage prod --decrypt > state.json";
  if (!existsSync(file)) throw new UsageError(`There is no file ${name}. ${how}`);
  try {
    const { latest, checkpoint } = JSON.parse(readFileSync(file, "utf8"));
    if (Array.isArray((checkpoint?.latest ?? latest).resources)) return file;
  } catch {}
  throw new PlanError(`${name} is not an SST state. ${how}`);
}

async function compareContracts(
  base: string | undefined,
  state: string | null,
  root: string,
): Promise<Report | null> {
  if (base !== undefined) return reportSince(base, root);
  if (state === null) return null;
  return reportSince(undefined, root).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`What changes for callers is not known: ${printableLines(reason)}`);
    return null;
  });
}

async function layOutPlatform(): Promise<void> {
  const script = fileURLToPath(new URL("platform.ts", import.meta.url));
  const { exitCode, stdout, stderr } = await run(process.execPath, [script]);
  process.stderr.write(stdout);
  if (exitCode !== 0) throw new PlanError(stderr.trim());
}
