import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { servesOf } from "./functions.ts";
import type { Outcome, World } from "./world.ts";

// In the place of aws, gh and pnpm: `node stand-in.ts <world.json> <program> <words>`. What it does is what the world says,
// and what it does to the world is written back.

const [, , file = "", program = "", ...words] = process.argv;
const world = JSON.parse(readFileSync(file, "utf8")) as World;
const line = words.join(" ");
const fail = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};
const save = () => writeFileSync(file, JSON.stringify(world));
const after = (word: string) => words[words.indexOf(word) + 1] ?? "";
appendFileSync(join(file, "../calls"), `${program} ${line}\n`);

/** A network that is out for so many calls that begin like this. */
const outage = world.outages.find(({ call, times }) => times > 0 && `${program} ${line}`.startsWith(call));
if (outage) {
  outage.times--;
  save();
  fail(outage.says ?? 'Could not connect to the endpoint URL: "https://example.com/"');
}

if (program === "aws") answerAws();
else if (program === "gh") answerGitHub();
else await answerPnpm();
save();

function answerAws(): void {
  if (line.startsWith("ssm get-parameter")) {
    const value =
      after("--name") === "/sst/bootstrap" ? '{"state":"sst-state"}' : world.parameters[after("--name")];
    if (value === undefined)
      fail("An error occurred (ParameterNotFound) when calling the GetParameter operation: ");
    console.log(value);
  } else if (line.startsWith("ssm put-parameter")) {
    world.parameters[after("--name")] = after("--value");
  } else if (line.startsWith("s3 cp s3://sst-state/lock/shop/")) {
    const lock = world.locks[/shop\/(.*)\.json/.exec(line)?.[1] ?? ""];
    if (lock === undefined)
      fail("fatal error: An error occurred (404) when calling the HeadObject operation");
    console.log(JSON.stringify(lock));
  } else if (line.startsWith("lambda ")) {
    answerLambda(after("--function-name"));
  } else if (line.startsWith("cloudwatch describe-alarms")) {
    const MetricAlarms = alarms()
      .filter(({ StateValue }) => !words.includes("--state-value") || StateValue === after("--state-value"))
      .filter(({ AlarmName }) => AlarmName.startsWith(after("--alarm-name-prefix")));
    console.log(JSON.stringify({ MetricAlarms, CompositeAlarms: [] }));
  } else fail(`aws ${line} is not known here`);
}

/** Of one alias of a function. */
function answerLambda(name: string): void {
  const each = world.functions[name];
  if (each?.live === undefined || after("--name") !== "live") {
    fail("An error occurred (ResourceNotFoundException) when calling the operation: ");
  } else if (words[1] === "get-alias") {
    console.log(each.live);
  } else {
    each.live = after("--function-version");
    each.newer = JSON.parse(after("--routing-config")).AdditionalVersionWeights;
  }
}

/** Those of prod, one that has just ended, and one of another application. */
function alarms() {
  // Of a version that raises some, the first look after the deploy still sees nothing; one came before it.
  const raised = world.looks++ > 1 ? (world.raises[servesOf(world.functions)] ?? []) : [];
  const now = new Date().toISOString();
  const ofProd = [
    ...world.ringing.filter(({ name }) => !raised.includes(name)),
    ...raised.map((name) => ({ name, since: "2026-01-02T00:00:00Z" })),
  ].map(({ name, since }) => ({ AlarmName: `shop-prod-${name}`, StateValue: "ALARM", since }));
  const others = [
    { AlarmName: "shop-prod-Ended", StateValue: "OK", since: now },
    { AlarmName: "store-prod-A", StateValue: "ALARM", since: now },
  ];
  return [...ofProd, ...others].map(({ since, ...alarm }) => ({
    ...alarm,
    StateUpdatedTimestamp: now,
    StateTransitionedTimestamp: since,
  }));
}

function answerGitHub(): void {
  if (line.includes("/actions/workflows/ci.yml/runs?branch=main&event=push&head_sha=")) {
    const [commit = ""] = /[\da-f]{40}/.exec(line) ?? [];
    const [now = [], ...later] = world.ci[commit] ?? [];
    if (later.length > 0) world.ci[commit] = later;
    console.log(JSON.stringify({ workflow_runs: now }));
  } else if (/\/actions\/runs\/\d+\/attempts\/\d+ /.test(line)) {
    console.log(world.runs[/runs\/(\d+)/.exec(line)?.[1] ?? ""] ?? fail("gh: Not Found (HTTP 404)"));
  } else if (/\/pulls\/\d+ /.test(line)) {
    console.log(world.pulls[/pulls\/(\d+)/.exec(line)?.[1] ?? ""] ?? fail("gh: Not Found (HTTP 404)"));
  } else fail(`gh ${line} is not known here`);
}

async function answerPnpm(): Promise<void> {
  const version = existsSync("VERSION") ? readFileSync("VERSION", "utf8") : "";
  if (line === "install --frozen-lockfile") {
    if (world.uninstallable.includes(version)) fail("ERR_PNPM_NO_MATCHING_VERSION");
  } else if (line === "test:e2e") {
    if (process.env.API_URL !== "https://api.example.com") fail("no API_URL");
    if (world.smokeFails.includes(servesOf(world.functions))) process.exitCode = 1;
  } else if (line.startsWith("exec sst")) {
    await answerSst(words[2] ?? "", after("--stage"), version);
  } else fail(`pnpm ${line} is not known here`);
}

async function answerSst(command: string, stage: string, version: string): Promise<void> {
  if (command === "state") return console.log(world.stageList);
  if (command === "unlock") {
    delete world.locks[stage];
    return;
  }
  const outcome: Outcome =
    world.outcomes[`${command} ${stage === "prod" ? version : stage}`]?.shift() ?? "ok";
  if (outcome === "taken") world.locks[stage] = { created: "2026-01-01", command, runID: "" };
  if (world.locks[stage]) {
    save();
    fail("Locked: a concurrent update was detected on the app.");
  }
  const lock = { created: "2026-01-01", command, runID: process.env.SST_RUN_ID ?? "" };
  if (outcome === "hang") {
    publish(version, 1);
    world.locks[stage] = lock;
    save();
    process.on("SIGINT", () => {
      delete world.locks[stage];
      save();
      process.exit(1);
    });
    console.log("deploying");
    await setTimeout(20_000); // far longer than it takes to be interrupted, and no process is left where that fails
    process.exit(1);
  }
  if (outcome === "offline") world.outages.push({ call: "aws cloudwatch", times: 99 });
  else if (outcome !== "ok" && outcome !== "unaliased") {
    publish(version, 1);
    if (outcome === "crash") world.locks[stage] = lock;
    save();
    fail("Failed");
  }
  if (command === "remove") {
    if (!world.stageList.includes(stage)) fail("Stage not found");
    world.removed.push(stage);
  } else {
    const published = stage === "prod" ? publish(version) : undefined;
    if (outcome === "unaliased") for (const each of Object.values(world.functions)) delete each.live;
    const versions = outcome === "unaliased" ? undefined : published;
    mkdirSync(".sst", { recursive: true });
    writeFileSync(".sst/outputs.json", JSON.stringify({ url: "https://api.example.com", versions }));
  }
}

/** Gives so many of prod's functions that code, as a deploy does: what is new is published, and an alias that is there stays if held. */
function publish(version: string, count = Number.POSITIVE_INFINITY): string[] {
  return Object.entries(world.functions)
    .slice(0, count)
    .map(([name, each]) => {
      if (each.published.at(-1) !== version) each.published.push(version);
      const newest = String(each.published.length);
      if (each.live === undefined || process.env.HOLD_LIVE !== "1") each.live = newest;
      each.code = version;
      return `arn:aws:lambda:eu-central-1:123456789012:function:${name}:${newest}`;
    });
}
