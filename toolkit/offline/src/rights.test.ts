import { describe, expect } from "vitest";
import { type Rights, rightsOf } from "./rights.ts";
import type { Resource, State } from "./state.ts";
import { functions, test } from "./testing.ts";

const LAMBDA = "Allow sts:AssumeRole by lambda.amazonaws.com";
const TRACES = "Allow xray:PutTelemetryRecords, xray:PutTraceSegments on *";
const COMMON = "Allow ssm:GetParameter on arn:aws:ssm:*:*:parameter/fixture/*";
const log = (resource: string) => `Allow logs:CreateLogStream, logs:PutLogEvents on ${resource}LogGroup:*`;
const api = (limits = "") =>
  `Allow lambda:InvokeFunction by apigateway.amazonaws.com if ${limits}sourceArn = ApiApi/*`;

/** What one function has besides. */
const OWN: Readonly<Record<string, Partial<Rights>>> = {
  "create-note": {
    may: [
      "Allow s3:PutObject on arn:aws:s3:::notes/*",
      "Allow sqs:SendMessage on arn:aws:sqs:*:*:shelf",
      "Deny s3:DeleteObject on *",
    ],
    policies: [
      "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess",
      "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
    ],
  },
  "read-health": { callers: [api("qualifier = live, ")] },
};

const expected = (name: string, may: readonly string[]): Rights => ({
  trust: [LAMBDA],
  may,
  policies: OWN[name]?.policies ?? [],
  callers: OWN[name]?.callers ?? [api()],
});

/** A state in which one resource has other inputs, or which has one more. */
function withResource({ all }: State, name: string, changed: Partial<Resource>): State {
  const suffix = `::${name}`;
  const isThere = all.some(({ urn }) => urn.endsWith(suffix));
  const added = { urn: `urn${suffix}`, type: "", inputs: {}, outputs: {}, ...changed };
  const resources = isThere
    ? all.map((each) => (each.urn.endsWith(suffix) ? { ...each, ...changed } : each))
    : [...all, added];
  return {
    all: resources,
    names: [],
    resource: (name) => {
      const found = resources.find(({ urn }) => urn.endsWith(`::${name}`));
      if (found === undefined) throw new Error(name);
      return found;
    },
    ofType: (type) => resources.filter((each) => each.type === type),
  };
}

const policyTo = (action: string) =>
  JSON.stringify({ Statement: { Effect: "Allow", Action: action, Resource: "*" } });

describe("the rights of a function", () => {
  test.for(functions)("are these and no others, in prod: $name", ({ name, resource }, { prod }) => {
    const may = [COMMON, ...(OWN[name]?.may ?? []), log(resource), TRACES];
    expect(rightsOf(prod.state, resource)).toEqual(expected(name, may));
  });

  test.for(functions)("are these and no others, elsewhere: $name", ({ name, resource }, { anna }) => {
    expect(rightsOf(anna.state, resource)).toEqual(
      expected(name, [...(OWN[name]?.may ?? []), log(resource)]),
    );
  });

  test("are more with any policy that is added, wherever it is", ({ prod: { state } }) => {
    const before = rightsOf(state, "Greet");
    const role = state.resource("GreetRole");
    const lambda = state.resource("GreetFunction");
    const added = "Allow s3:* on *";
    const inline = [...(role.inputs.inlinePolicies as object[]), { name: "more", policy: policyTo("s3:*") }];
    const more: readonly (readonly [keyof typeof before, string, string, Partial<Resource>])[] = [
      ["may", added, "GreetRole", { inputs: { ...role.inputs, inlinePolicies: inline } }],
      [
        "may",
        added,
        "Beside",
        {
          type: "aws:iam/rolePolicy:RolePolicy",
          inputs: { role: role.outputs.name, policy: policyTo("s3:*") },
        },
      ],
      [
        "policies",
        "arn:aws:iam::aws:policy/AdministratorAccess",
        "Attached",
        {
          type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
          inputs: { role: role.outputs.name, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
        },
      ],
      [
        "callers",
        "Allow lambda:InvokeFunction by *",
        "Everybody",
        {
          type: "aws:lambda/permission:Permission",
          inputs: { action: "lambda:InvokeFunction", principal: "*", function: lambda.outputs.name },
        },
      ],
    ];
    for (const [kind, line, name, changed] of more) {
      const after = rightsOf(withResource(state, name, changed), "Greet");
      expect(after, name).toEqual({ ...before, [kind]: [...(before[kind] ?? []), line] });
    }
  });

  test("are less without one", ({ prod: { state } }) => {
    const { inputs } = state.resource("GreetRole");
    const without = withResource(state, "GreetRole", { inputs: { ...inputs, inlinePolicies: [] } });
    expect(rightsOf(without, "Greet").may).toEqual([]);
  });
});
