import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { createRequire } from "node:module";
import { mark } from "../secret.ts";
import type { Engine } from "./engine.ts";
import type { Properties, Registration } from "./row.ts";

const STACK = "pulumi:pulumi:Stack";

/** Has Pulumi's test double, by which a program registers resources, ask an engine. */
export function connect(
  require: ReturnType<typeof createRequire>,
  engine: Engine,
  {
    project,
    stage,
    failures,
  }: { readonly project: string; readonly stage: string; readonly failures: unknown[] },
): void {
  const { MockMonitor } = require("@pulumi/pulumi/runtime/mocks") as { MockMonitor: { prototype: Monitor } };
  const { RegisterResourceResponse } = require("@pulumi/pulumi/proto/resource_pb");
  const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
  const urnOf = (parent: string, type: string, name: string) =>
    `urn:pulumi:${stage}::${project}::${typeOf(parent)}${type}::${name}`;

  MockMonitor.prototype.newUrn = urnOf;
  MockMonitor.prototype.registerResource = function (request, done) {
    const urn = urnOf(request.getParent(), request.getType(), request.getName());
    engine.register(read(request, urn, urnOf)).then(
      (row) => {
        this.resources.set(urn, { urn, id: row.id ?? null, state: row.outputs });
        const response = new RegisterResourceResponse();
        response.setUrn(urn);
        response.setId(row.id ?? "");
        response.setObject(Struct.fromJavaScript(JSON.parse(JSON.stringify(mark(row.outputs)))));
        done(null, response);
      },
      (error: unknown) => {
        failures.push(error); // the program may go on without it
        done(error);
      },
    );
  };
  MockMonitor.prototype.registerResourceOutputs = (request, done) => {
    engine.setOutputs(request.getUrn(), request.getOutputs()?.toJavaScript() ?? {});
    done(null, {});
  };
}

/** A resource's type tells which components it is in, but for the stack that all are in. */
function typeOf(parent: string): string {
  const type = parent.split("::")[2];
  return type === undefined || type === STACK ? "" : `${type}$`;
}

function read(
  request: Request,
  urn: string,
  urnOf: (parent: string, type: string, name: string) => string,
): Registration {
  const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
  const aliases = request.getAliasesList().map((alias) => {
    const spec = alias.getSpec();
    if (spec === undefined) return alias.getUrn();
    const above = spec.getNoparent() ? "" : spec.getParenturn() || parent;
    return urnOf(above, spec.getType() || type, spec.getName() || name);
  });
  return {
    urn,
    type,
    name,
    custom: request.getCustom(),
    ...(parent && { parent }),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    inputs: hashAssets(request.getObject()?.toJavaScript() ?? {}) as Properties, // of a record
    provider: request.getProvider(),
    aliases: [...aliases, ...request.getAliasurnsList()],
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    deleteBeforeReplace: request.getDeletebeforereplacedefined()
      ? request.getDeletebeforereplace()
      : undefined,
  };
}

/** The engine tells a file that has changed by its hash. */
function hashAssets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hashAssets);
  if (typeof value !== "object" || value === null) return value;
  const record = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hashAssets(each)]));
  if (record.__pulumiAsset !== true || typeof record.path !== "string") return record;
  return { ...record, hash: createHash("sha256").update(readFileSync(record.path)).digest("hex") };
}

type Struct = { toJavaScript(): Record<string, unknown> } | undefined;
type Alias = {
  getUrn(): string;
  getSpec():
    | { getName(): string; getType(): string; getParenturn(): string; getNoparent(): boolean }
    | undefined;
};
type Request = {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getParent(): string;
  getProtect(): boolean | undefined;
  getRetainondelete(): boolean | undefined;
  getProvider(): string;
  getAliasesList(): readonly Alias[];
  getAliasurnsList(): readonly string[];
  getIgnorechangesList(): readonly string[];
  getReplaceonchangesList(): readonly string[];
  getDeletebeforereplacedefined(): boolean;
  getDeletebeforereplace(): boolean;
  getObject(): Struct;
};
/** What is used of Pulumi's double. */
type Monitor = {
  readonly resources: Map<string, object>;
  newUrn(parent: string, type: string, name: string): string;
  registerResource(request: Request, done: (error: unknown, response?: object) => void): void;
  registerResourceOutputs(
    request: { getUrn(): string; getOutputs(): Struct },
    done: (error: unknown, response?: object) => void,
  ): void;
};
