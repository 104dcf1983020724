import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { answer } from "./answer.ts";
import { layOutState, readCheckpoint, VERSION, writeCheckpoint } from "./engine/checkpoint.ts";
import { Engine } from "./engine/engine.ts";
import { EventLog } from "./engine/event-log.ts";
import { connect } from "./engine/monitor.ts";
import { createProvider } from "./engine/provider.ts";
import type { Row } from "./engine/row.ts";
import { madeUp } from "./made-up.ts";
import { runShell } from "./real-providers.ts";

// A stand-in for the command line of the Pulumi engine, as much of it as SST calls: `version`, `stack init`, `preview`,
// `up` and `destroy`. It runs the program that SST has built, with Pulumi's own test doubles (`setMocks`) in the place of
// providers, and writes the event log and the state that SST reads. What changes is told by the state of the last deploy
// (engine/), what AWS would say to properties by its schemas (schemas/), and what it would make up is in made-up.ts. Commands
// on this machine are run, and files uploaded: see real-providers.ts.

const [command = "", ...words] = process.argv.slice(2);
const flag = (name: string) => words[words.indexOf(name) + 1] ?? "";

if (command === "version") console.log(VERSION);
else if (command === "stack" && words[0] === "init") writeCheckpoint(words[1] ?? "", []);
else if (command === "preview" || command === "up") await runProgram(command === "preview");
else if (command === "destroy") destroy();
else {
  console.error(`the stand-in for Pulumi does not know: ${command} ${words.join(" ")}`);
  process.exit(1);
}

async function runProgram(isPreview: boolean): Promise<void> {
  const stack = flag("--stack");
  const [organization, project = "", stage = ""] = stack.split("/");
  const program = /main: (.*)/.exec(readFileSync("Pulumi.yaml", "utf8"))?.[1]?.trim() ?? "";
  const require = createRequire(program);
  const { runtime } = require("@pulumi/pulumi");
  const log = new EventLog(flag("--event-log"), isPreview);
  layOutState(stack);
  /** Of the program and of its resources; Pulumi's double says nothing of these. */
  const failures: unknown[] = [];
  const engine = new Engine(readCheckpoint(stack), createProvider(isPreview, failures), log);
  connect(require, engine, { project, stage, failures });

  const started = Date.now();
  let hasEnded = false;
  process.on("exit", () => {
    if (hasEnded) return;
    const waits = "The program waits for something that the stand-in for AWS does not give.";
    log.error("", failures.length > 0 ? describe(failures) : waits);
    process.exitCode = 255;
  });
  process.on("unhandledRejection", (reason) => failures.push(reason));
  process.on("uncaughtException", (error) => failures.push(error));
  try {
    await runtime.setMocks({ newResource, call }, project, stage, isPreview, organization);
    await runtime.runInPulumiStack(async () => (await import(pathToFileURL(program).href)).default);
    await runtime.disconnect(); // when every resource has been registered
    if (failures.length === 0) engine.finish();
  } catch (error) {
    failures.push(error);
  }
  hasEnded = true;
  const [failure] = failures;
  if (failure !== undefined) log.error(engine.rows[0]?.urn ?? "", describe(failures));
  else if (!isPreview) writeCheckpoint(stack, [...engine.rows, defaultProvider(project, stage)]);
  log.summary(Math.round((Date.now() - started) / 1000), engine.changes);
  process.exit(failure === undefined ? 0 : 255);
}

/** All that AWS would refuse, or else the first that went wrong: the others come of it. */
function describe(failures: readonly unknown[]): string {
  const refusals = failures.filter((failure) => typeof failure === "string");
  if (refusals.length > 0) return refusals.join("\n");
  const [failure] = failures;
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}

function destroy(): void {
  const stack = flag("--stack");
  const log = new EventLog(flag("--event-log"), false);
  const provider = createProvider(true, []);
  const engine = new Engine(readCheckpoint(stack), provider, log);
  engine.finish();
  writeCheckpoint(stack, []);
  log.summary(0, engine.changes);
}

/** The engine makes a provider of what SST passes with `--config aws:…`, such as the region and the tags for everything. */
function defaultProvider(project: string, stage: string): Row {
  const values = words
    .filter((_, index) => words[index - 1] === "--config")
    .map((word) => word.split(/^aws:([^=]+)=/));
  const inputs = Object.fromEntries(values.map(([, key = "", value]) => [key, value]));
  const type = "pulumi:providers:aws";
  return {
    urn: `urn:pulumi:${stage}::${project}::${type}::default`,
    type,
    custom: true,
    id: "default",
    inputs,
    outputs: inputs,
  };
}

type Inputs = Readonly<Record<string, unknown>>;

/** What the program only reads; the engine makes the others. */
async function newResource({ type, name, inputs }: { type: string; name: string; inputs: Inputs }) {
  return madeUp(type, name, inputs);
}

async function call({ token, inputs }: { token: string; inputs: Inputs }): Promise<object> {
  return token === "command:local:run" ? runShell(inputs.command, inputs) : answer(token, inputs);
}
