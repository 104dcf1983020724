import { describe, expect } from "vitest";
import type { Resource, State } from "./state.ts";
import { functions, test } from "./testing.ts";

const TRACES = {
  Effect: "Allow",
  Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  Resource: "*",
};

/** What all functions of prod have in common. */
const COMMON = {
  Effect: "Allow",
  Action: "ssm:GetParameter",
  Resource: "arn:aws:ssm:*:*:parameter/fixture/*",
};

/** All that a role may do by policies of its own. */
function statementsOf({ inputs }: Resource): unknown[] {
  const policies = inputs.inlinePolicies as readonly { policy: string }[]; // as the provider takes them
  return policies.flatMap(({ policy }) => JSON.parse(policy).Statement);
}

function writesLogOf(state: State, resource: string): object {
  return {
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${state.resource(`${resource}LogGroup`).outputs.arn}:*`,
  };
}

describe("a role", () => {
  test.for(functions)("trusts Lambda alone: $name", ({ resource }, { prod }) => {
    expect(prod.state.resource(`${resource}Role`).inputs.assumeRolePolicy).toMatchObject({
      Statement: [
        { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
      ],
    });
  });

  test.for(functions.filter(({ name }) => name !== "create-note"))(
    "writes the log and the traces of its function, does what all may, and nothing else: $name",
    ({ resource }, { prod }) => {
      const role = prod.state.resource(`${resource}Role`);
      expect(role.inputs.managedPolicyArns).toEqual([]);
      expect(statementsOf(role)).toEqual([COMMON, writesLogOf(prod.state, resource), TRACES]);
    },
  );

  test("writes no traces where there are none", ({ anna }) => {
    const role = anna.state.resource("GreetRole");
    expect(statementsOf(role)).toEqual([writesLogOf(anna.state, "Greet")]);
  });

  test("may do what its function's options add by permissions, links, policies, a network or a transform, and no more", ({
    prod,
  }) => {
    const role = prod.state.resource("CreateNoteRole");
    expect(role.inputs.managedPolicyArns).toEqual([
      "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess",
      "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
    ]);
    expect(statementsOf(role)).toEqual([
      COMMON,
      { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::notes/*" },
      { Effect: "Allow", Action: "sqs:SendMessage", Resource: "arn:aws:sqs:*:*:shelf" },
      { Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" },
      writesLogOf(prod.state, "CreateNote"),
      TRACES,
    ]);
  });

  test("has no policy outside itself, which the provider would delete at the next update", ({ prod }) => {
    expect(prod.state.ofType("aws:iam/rolePolicy:RolePolicy")).toEqual([]);
    expect(prod.state.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")).toEqual([]);
  });
});
