import { rightsOf } from "@lucky/offline/rights";
import { describe, expect } from "vitest";
import { type Stage, stageOf } from "./stage.ts";
import { functions, test } from "./testing.ts";

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
const QUERY_INDEXES = "Allow dynamodb:Query on DrawsTable/index/*";

/** What one function may do besides, by its contract and by infra: a line for each statement, as `pnpm plan` prints it. */
const OWN: Readonly<Record<string, Own>> = {
  "keep-draw": { may: [`Allow ${WRITE} on DrawsTable`, QUERY_INDEXES] },
  "read-draw": { may: [`Allow ${READ} on DrawsTable`, QUERY_INDEXES] },
  "list-draws": { may: [`Allow ${READ} on DrawsTable`, QUERY_INDEXES] },
  // "send-mail": { may: ["Allow ses:SendEmail on *"] },
};

/** The API calls it, by its alias where it has one. */
const callerOf = ({ hasAlias }: Stage) =>
  `Allow lambda:InvokeFunction by apigateway.amazonaws.com if ${hasAlias ? "qualifier = live, " : ""}sourceArn = ApiApi/*`;
const TRACES = "Allow xray:PutTelemetryRecords, xray:PutTraceSegments on *";

/** All of them, whoever gave them. */
function rights(name: string, resource: string, stage: Stage) {
  const log = `Allow logs:CreateLogStream, logs:PutLogEvents on ${resource}LogGroup:*`;
  return {
    trust: ["Allow sts:AssumeRole by lambda.amazonaws.com"],
    may: [...(OWN[name]?.may ?? []), log, ...(stage.hasTracing ? [TRACES] : [])],
    policies: OWN[name]?.policies ?? [],
    callers: [callerOf(stage)],
  };
}

describe("the rights of each function are these and no others", () => {
  test.for(functions)("in prod: $name", ({ name, resource }, { prod }) => {
    expect(rightsOf(prod.state, resource)).toEqual(rights(name, resource, stageOf("prod")));
  });

  test.for(functions)("in a personal stage: $name", ({ name, resource }, { anna }) => {
    expect(rightsOf(anna.state, resource)).toEqual(rights(name, resource, stageOf("anna")));
  });
});
