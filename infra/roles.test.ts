import { rightsOf } from "@lucky/offline/rights";
import { describe, expect } from "vitest";
import { stageOf } from "./stage.ts";
import { functions, test } from "./testing.ts";

type Own = { readonly may?: readonly string[]; readonly policies?: readonly string[] };

/** What one function may do besides: a line for each statement, as `pnpm plan` prints it. */
const OWN: Readonly<Record<string, Own>> = {
  // "send-mail": { may: ["Allow ses:SendEmail on *"] },
};

/** Whatever leads to it, a version that an alias names or the newest. */
const API =
  /^Allow lambda:InvokeFunction by apigateway\.amazonaws\.com if (?:qualifier = \w+, )?sourceArn = ApiApi\/\*$/;
const TRACES = "Allow xray:PutTelemetryRecords, xray:PutTraceSegments on *";

/** All of them, whoever gave them. */
function rights(name: string, resource: string, hasTracing: boolean) {
  const log = `Allow logs:CreateLogStream, logs:PutLogEvents on ${resource}LogGroup:*`;
  return {
    trust: ["Allow sts:AssumeRole by lambda.amazonaws.com"],
    may: [...(OWN[name]?.may ?? []), log, ...(hasTracing ? [TRACES] : [])],
    policies: OWN[name]?.policies ?? [],
    callers: [expect.stringMatching(API)],
  };
}

describe("the rights of each function are these and no others", () => {
  test.for(functions)("in prod: $name", ({ name, resource }, { prod }) => {
    expect(rightsOf(prod.state, resource)).toEqual(rights(name, resource, stageOf("prod").hasTracing));
  });

  test.for(functions)("in a personal stage: $name", ({ name, resource }, { anna }) => {
    expect(rightsOf(anna.state, resource)).toEqual(rights(name, resource, stageOf("anna").hasTracing));
  });
});
