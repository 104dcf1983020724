import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { answer } from "./answer.ts";
import { madeUp } from "./made-up.ts";
import { createForReal, runShell } from "./real-providers.ts";
import { findMistakes } from "./schemas/mistakes.ts";
import { seal } from "./secret.ts";

// A stand-in for the command line of the Pulumi engine, as much of it as SST calls: `version`, `stack init`, `preview`,
// `up` and `destroy`. It runs the program that SST has built, with Pulumi's own test doubles (`setMocks`) in the place of
// providers, and writes the event log and the state that SST reads. So every resource is a create, and what AWS would
// say to its properties is not known; what it would make up is in made-up.ts. Commands on this machine are run, and files
// uploaded: see real-providers.ts.

const VERSION = "v3.215.0"; // the one that SST 4.17.1 downloads

type Row = {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
};

/** Of the program and of its resources; Pulumi's double says nothing of these. */
const failures: unknown[] = [];

const [command = "", ...words] = process.argv.slice(2);
const flag = (name: string) => words[words.indexOf(name) + 1] ?? "";

if (command === "version") console.log(VERSION);
else if (command === "stack" && words[0] === "init") writeState(words[1] ?? "", []);
else if (command === "preview" || command === "up") await runProgram(command === "preview");
else if (command === "destroy") destroy();
else {
  console.error(`the stand-in for Pulumi does not know: ${command} ${words.join(" ")}`);
  process.exit(1);
}

async function runProgram(isPreview: boolean): Promise<void> {
  const stack = flag("--stack");
  const [organization, project, stage] = stack.split("/");
  const program = /main: (.*)/.exec(readFileSync("Pulumi.yaml", "utf8"))?.[1]?.trim() ?? "";
  const require = createRequire(program);
  const { runtime } = require("@pulumi/pulumi");
  const rows = recordResources(require("@pulumi/pulumi/runtime/mocks").MockMonitor, isPreview);

  const started = Date.now();
  let hasEnded = false;
  process.on("exit", () => {
    const waits = "The program waits for something that the stand-in for AWS does not give.";
    const message = failures.length > 0 ? describe(failures[0]) : waits;
    if (hasEnded) return;
    emit({ diagnosticEvent: { urn: "", message, color: "never", severity: "error" } });
    process.exitCode = 255;
  });
  process.on("unhandledRejection", (reason) => failures.push(reason));
  process.on("uncaughtException", (error) => failures.push(error));
  try {
    await runtime.setMocks({ newResource, call }, project, stage, isPreview, organization);
    await runtime.runInPulumiStack(async () => (await import(pathToFileURL(program).href)).default);
    await runtime.disconnect(); // when every resource has been registered
  } catch (error) {
    failures.push(error);
  }
  hasEnded = true;
  const [failure] = failures;
  if (failure !== undefined) {
    const message = describe(failure);
    emit({ diagnosticEvent: { urn: rows[0]?.urn ?? "", message, color: "never", severity: "error" } });
  } else if (!isPreview) {
    writeState(stack, [...rows, defaultProvider(project, stage)]);
  }
  emit({
    summaryEvent: {
      maybeCorrupt: false,
      durationSeconds: Math.round((Date.now() - started) / 1000),
      resourceChanges: { create: rows.length },
      PolicyPacks: {},
    },
  });
  process.exit(failure === undefined ? 0 : 255);
}

function describe(failure: unknown): string {
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}

/** The engine would delete each resource; the stand-in forgets them. */
function destroy(): void {
  writeState(flag("--stack"), []);
  emit({
    summaryEvent: {
      maybeCorrupt: false,
      durationSeconds: 0,
      resourceChanges: { delete: 1 },
      PolicyPacks: {},
    },
  });
}

/** Has the test double tell of each resource, in the event log and in the list that it gives. */
function recordResources(MockMonitor: { prototype: MonitorMethods }, planning: boolean): readonly Row[] {
  const rows: Row[] = [];
  const { registerResource, registerResourceOutputs } = MockMonitor.prototype;

  MockMonitor.prototype.registerResource = function (request, done) {
    return registerResource.call(this, request, (error, response) => {
      if (response) {
        const custom = request.getCustom();
        const row: Row = {
          urn: response.getUrn(),
          type: request.getType(),
          custom,
          ...(custom && { id: response.getId() }),
          ...(request.getParent() && { parent: request.getParent() }),
          ...(request.getProtect() && { protect: true }),
          ...(request.getRetainondelete() && { retainOnDelete: true }),
          inputs: request.getObject()?.toJavaScript() ?? {},
          outputs: response.getObject()?.toJavaScript() ?? {},
        };
        rows.push(row);
        const { urn, type } = row;
        const provider = request.getProvider();
        const state = { parent: "", id: "", ...row, provider: "", initErrors: null };
        const metadata = { op: "create", urn, type, old: null, detailedDiff: null, provider, new: state };
        emit({ resourcePreEvent: { metadata, planning } });
        emit({ resOutputsEvent: { metadata, planning } });
      }
      done(error, response);
    });
  };
  MockMonitor.prototype.registerResourceOutputs = function (request, done) {
    const row = rows.find(({ urn }) => urn === request.getUrn());
    if (row) row.outputs = request.getOutputs()?.toJavaScript() ?? {};
    return registerResourceOutputs.call(this, request, done);
  };
  return rows;
}

type Struct = { toJavaScript(): Record<string, unknown> } | undefined;
type ResourceRequest = {
  getType(): string;
  getCustom(): boolean;
  getParent(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getProvider(): string;
  getObject(): Struct;
};
type ResourceResponse = { getUrn(): string; getId(): string; getObject(): Struct };
type OutputsRequest = { getUrn(): string; getOutputs(): Struct };
/** What is used of Pulumi's double. */
type MonitorMethods = {
  registerResource(
    request: ResourceRequest,
    done: (error: unknown, response?: ResourceResponse) => void,
  ): void;
  registerResourceOutputs(request: OutputsRequest, done: (error: unknown, response?: unknown) => void): void;
};

/** The engine makes a provider of what SST passes with `--config aws:…`, such as the region and the tags for everything. */
function defaultProvider(project = "", stage = ""): Row {
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

async function newResource({ type, name, inputs }: { type: string; name: string; inputs: Inputs }) {
  const mistakes = findMistakes(type, inputs)?.mistakes ?? [];
  failures.push(...mistakes.map((mistake) => `AWS would refuse ${name} (${type}): ${mistake}.`));
  const { id, state } = madeUp(type, name, inputs);
  if (command !== "up") return { id, state };
  const made = await createForReal(type, name, inputs).catch((error) => {
    failures.push(error);
    throw error;
  });
  return { id, state: { ...state, ...made } };
}

async function call({ token, inputs }: { token: string; inputs: Inputs }): Promise<object> {
  return token === "command:local:run" ? runShell(inputs.command, inputs) : answer(token, inputs);
}

/** Where SST looks for the state: `organization/project/stage`. */
function writeState(stack: string, resources: readonly Row[]): void {
  const [, project = "", stage = ""] = stack.split("/");
  const backend = (process.env.PULUMI_BACKEND_URL ?? "").replace(/^file:\/\//, "");
  const file = join(backend, ".pulumi/stacks", project, `${stage}.json`);
  const manifest = { time: new Date().toISOString(), magic: "", version: VERSION };
  mkdirSync(dirname(file), { recursive: true });
  const checkpoint = { stack, latest: { manifest, resources } };
  writeFileSync(file, JSON.stringify(seal({ version: 3, checkpoint })));
}

function emit(event: object): void {
  const log = flag("--event-log");
  const timestamp = Math.floor(Date.now() / 1000);
  appendFileSync(log, `${JSON.stringify({ sequence: 0, timestamp, ...event })}\n`);
}
