import type { LambdaFunction } from "@lucky/application/application";
import { pascalCase } from "@lucky/gateway/name";
import type { LogRetention } from "./api.ts";

/** A function of the application, and what it is on AWS. */
export type DeployedFunction = LambdaFunction & {
  /** The name of its resources, such as SendMail. */
  readonly resource: string;
  readonly lambda: sst.aws.Function;
};

/** Of SST's arguments, those that the contract, package.json or this file decide. */
type Decided =
  | "handler"
  | "description"
  | "memory"
  | "timeout"
  | "runtime"
  | "architecture"
  | "nodejs"
  | "logging"
  | "transform";

/** Whatever SST's Function takes, such as `permissions`, `link`, `vpc` or `concurrency`, and these. */
export type FunctionOptions = Omit<sst.aws.FunctionArgs, Decided | "environment"> & {
  readonly logRetention: LogRetention;
  /** What a function logs below it is dropped. */
  readonly logLevel: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
  /** Whether AWS X-Ray gets Lambda's own segments; the function needs no SDK for it. */
  readonly hasTracing?: boolean;
  readonly environment?: Readonly<Record<string, $util.Input<string>>>;
};

/**
 * Makes a function of the application, with a role that may write the function's own log and whatever the options add.
 * `own` goes before `common`, but for variables of the environment, which are added.
 *
 *     createFunction(each, { logRetention: "1 week", logLevel: "INFO" }, { environment: { CITY: "Berlin" } });
 */
export function createFunction(
  each: LambdaFunction,
  common: FunctionOptions,
  own: Partial<FunctionOptions> = {},
): DeployedFunction {
  const { logRetention, logLevel, hasTracing = false, environment: _, ...args } = { ...common, ...own };
  const { name, contract, limits } = each;
  const resource = pascalCase(name);
  const logGroup = Promise.withResolvers<$util.Output<string>>();
  const lambda = new sst.aws.Function(resource, {
    ...args,
    handler: `functions/${name}/src/handler.handler`,
    description: contract.summary,
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: `${limits.memoryMegabytes} MB`,
    timeout: `${limits.timeoutSeconds} seconds`,
    environment: { ...common.environment, ...own.environment },
    logging: { format: "json", retention: logRetention },
    nodejs: { format: "cjs", minify: true }, // as toolkit/local bundles
    transform: {
      function(args) {
        args.loggingConfig = $output(args.loggingConfig).apply((logging) => ({
          logFormat: "JSON",
          ...logging,
          applicationLogLevel: logLevel,
        }));
        if (hasTracing) args.tracingConfig = { mode: "Active" };
      },
      role(args) {
        if (!$dev) restrictRole(args, $output(logGroup.promise), hasTracing);
      },
    },
  });
  // SST makes the role first, and the log group's name for this deploy alone: only the group itself has the one that it keeps.
  logGroup.resolve(lambda.nodes.logGroup.apply((group) => $output(group?.arn ?? "")));
  return { ...each, resource, lambda };
}

/**
 * Lets Lambda alone assume the role, and the role write one log instead of all. All of this is in the role itself:
 * with inline policies, as `permissions` and `link` make them, the provider deletes any other policy at the next update.
 */
function restrictRole(args: aws.iam.RoleArgs, logGroup: $util.Output<string>, hasTracing: boolean): void {
  // SST 4.17.1 lets the account's root assume the role as well.
  args.assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" });
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
