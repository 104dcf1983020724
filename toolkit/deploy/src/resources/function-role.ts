/** Of a policy, as IAM takes it. */
export type Statement = {
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: $util.Input<string>;
};

/** SST 4.17.1 lets the account's root assume the role as well. */
export function trustLambdaAlone(args: aws.iam.RoleArgs): void {
  args.assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" });
}

/**
 * Lets the role write one log instead of all. All of this is in the role itself: with inline policies, as `permissions` and
 * `link` make them, the provider deletes any other policy at the next update.
 */
export function grantOwnLog(
  args: aws.iam.RoleArgs,
  logGroup: $util.Output<string>,
  hasTracing: boolean,
): void {
  args.managedPolicyArns = $output(args.managedPolicyArns).apply((policies = []) =>
    policies.filter((arn) => !arn.endsWith("/AWSLambdaBasicExecutionRole")),
  );
  args.inlinePolicies = $util
    .all([args.inlinePolicies ?? [], policyFor(logGroup, hasTracing)])
    .apply(([policies, policy]) => [...policies, { name: "log", policy }]);
}

function policyFor(logGroup: $util.Output<string>, hasTracing: boolean): $util.Output<string> {
  return $jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: $interpolate`${logGroup}:*`,
      },
      ...(hasTracing
        ? [{ Effect: "Allow", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: "*" }]
        : []),
    ],
  });
}

/** Lets the role do what the function's contract uses, by a policy in the role itself, for the same reason. */
export function grantUses(args: aws.iam.RoleArgs, statements: readonly Statement[]): void {
  if (statements.length === 0) return;
  const policy = $jsonStringify({ Version: "2012-10-17", Statement: statements });
  args.inlinePolicies = $util
    .all([args.inlinePolicies ?? [], policy])
    .apply(([policies, policy]) => [...policies, { name: "uses", policy }]);
}
