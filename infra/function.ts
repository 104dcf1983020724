import type { LambdaFunction } from "@lucky/application/application";
import { settings, stage } from "./context.ts";

/** A function with a role that may write its own log, and nothing else. */
export function createFunction(
  resource: string,
  { name, contract, limits }: LambdaFunction,
): sst.aws.Function {
  const { memoryMegabytes, timeoutSeconds } = limits;
  const { reservedConcurrency } = settings;
  const lambda = new sst.aws.Function(resource, {
    handler: `functions/${name}/src/handler.handler`,
    description: contract.summary,
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: `${memoryMegabytes} MB`,
    timeout: `${timeoutSeconds} seconds`,
    logging: { format: "json", retention: stage.logRetention },
    nodejs: { format: "cjs", minify: true }, // as toolkit/local bundles
    environment: stage.isProd ? { NODE_ENV: "production" } : {},
    ...(reservedConcurrency !== undefined && { concurrency: { reserved: reservedConcurrency } }),
    transform: {
      function(args) {
        args.loggingConfig = $output(args.loggingConfig).apply((logging) => ({
          logFormat: "JSON",
          ...logging,
          applicationLogLevel: stage.logLevel,
        }));
        if (stage.hasTracing) args.tracingConfig = { mode: "Active" }; // Lambda's own segments; no SDK in the function
      },
      // In `sst dev` the role has what the live bridge needs.
      role(args) {
        if ($dev) return;
        // SST 4.17.1 lets the account's root assume the role as well.
        args.assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" });
        args.managedPolicyArns = [];
      },
    },
  });
  if (!$dev) {
    new aws.iam.RolePolicy(`${resource}Policy`, {
      role: lambda.nodes.role.name,
      policy: lambda.nodes.logGroup.apply((group) => policyFor(group?.arn)),
    });
  }
  return lambda;
}

function policyFor(logGroupArn: $util.Input<string> | undefined) {
  return $jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: $interpolate`${logGroupArn ?? ""}:*`,
      },
      ...(stage.hasTracing
        ? [{ Effect: "Allow", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: "*" }]
        : []),
    ],
  });
}
