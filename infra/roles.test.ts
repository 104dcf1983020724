import type { Contract } from "@lucky/gateway/contract";
import { pascalCase } from "@lucky/gateway/name";
import { rightsOf } from "@lucky/offline/rights";
import type { AnyUse } from "@lucky/resources/declare";
import { describe, expect } from "vitest";
import { type Stage, stageOf } from "./stage.ts";
import { functions, test } from "./testing.ts";

type Each = (typeof functions)[number];
type Own = { readonly may?: readonly string[]; readonly policies?: readonly string[] };

const actions = (names: string) =>
  names
    .split(" ")
    .map((name) => `dynamodb:${name}`)
    .join(", ");
const READ = actions("BatchGetItem GetItem Query");
const WRITE = actions(
  "BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem",
);

/** What its contract lets a function do: a line for each statement, as `pnpm plan` prints it. */
function byContract({ uses = {} }: Contract): readonly string[] {
  return Object.values(uses).flatMap((use) => {
    const { resource, right, actions } = use as AnyUse; // as contracts declare them
    const name = pascalCase(resource.name);
    if (resource.kind === "secret") return [`Allow ssm:GetParameter on ${name}Parameter`];
    if (resource.kind === "setting") return [];
    if (right === "allow") return [`Allow ${actions?.join(", ")} on ${name}Table`];
    const hasIndexes = Object.keys(resource.indexes).length > 0;
    return [
      `Allow ${right === "read" ? READ : WRITE} on ${name}Table`,
      ...(hasIndexes ? [`Allow dynamodb:Query on ${name}Table/index/*`] : []),
    ];
  });
}

/** What one function may do besides, by infra. */
const OWN: Readonly<Record<string, Own>> = {
  // "send-mail": { may: ["Allow ses:SendEmail on *"] },
};

/** The API calls it, by its alias where it has one. */
const callerOf = ({ hasAlias }: Stage) =>
  `Allow lambda:InvokeFunction by apigateway.amazonaws.com if ${hasAlias ? "qualifier = live, " : ""}sourceArn = ApiApi/*`;
const TRACES = "Allow xray:PutTelemetryRecords, xray:PutTraceSegments on *";

/** All of them, whoever gave them. */
function rights({ name, resource, contract }: Each, stage: Stage) {
  const log = `Allow logs:CreateLogStream, logs:PutLogEvents on ${resource}LogGroup:*`;
  return {
    trust: ["Allow sts:AssumeRole by lambda.amazonaws.com"],
    may: [
      ...(OWN[name]?.may ?? []),
      ...byContract(contract),
      log,
      ...(stage.hasTracing ? [TRACES] : []),
    ].sort(),
    policies: OWN[name]?.policies ?? [],
    callers: [callerOf(stage)],
  };
}

const inOrder = (rights: ReturnType<typeof rightsOf>) => ({ ...rights, may: [...rights.may].sort() });

describe("the rights of each function are these and no others", () => {
  test.for(functions)("in prod: $name", (each, { prod }) => {
    expect(inOrder(rightsOf(prod.state, each.resource))).toEqual(rights(each, stageOf("prod")));
  });

  test.for(functions)("in a personal stage: $name", (each, { anna }) => {
    expect(inOrder(rightsOf(anna.state, each.resource))).toEqual(rights(each, stageOf("anna")));
  });
});
