import { describe, expect } from "vitest";
import { functions, test } from "./testing.ts";

type Statement = { readonly Action?: unknown; readonly Resource?: unknown };
type Role = {
  readonly assumeRolePolicy: { readonly Statement: readonly unknown[] };
  readonly managedPolicyArns: readonly string[];
  readonly inlinePolicies: readonly { readonly policy: string }[];
};

describe("the role of each function", () => {
  for (const { name, resource } of functions) {
    const roleIn = ({ state }: { state: { resource(name: string): { inputs: unknown } } }) =>
      state.resource(`${resource}Role`).inputs as Role; // as the provider takes it
    const statementsOf = ({ inlinePolicies }: Role): readonly Statement[] =>
      inlinePolicies.flatMap(({ policy }) => JSON.parse(policy).Statement);

    test(`trusts Lambda alone: ${name}`, ({ prod }) => {
      expect(roleIn(prod).assumeRolePolicy.Statement).toEqual([
        expect.objectContaining({
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "lambda.amazonaws.com" },
        }),
      ]);
    });

    test(`writes its function's own log, and no other: ${name}`, ({ prod }) => {
      const role = roleIn(prod);
      const logs = statementsOf(role).filter(({ Action }) => JSON.stringify(Action).includes('"logs:'));
      expect(logs).toEqual([
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${prod.state.resource(`${resource}LogGroup`).outputs.arn}:*`,
        },
      ]);
      expect(role.managedPolicyArns.filter((arn) => arn.includes("AWSLambdaBasicExecutionRole"))).toEqual([]);
    });

    test(`may not do everything to everything: ${name}`, ({ prod }) => {
      const wide = statementsOf(roleIn(prod)).filter(({ Action, Resource }) =>
        [Action, Resource].every((part) => [part].flat().some((each) => /(?:^|:)\*$/.test(String(each)))),
      );
      expect(wide).toEqual([]);
    });
  }
});
