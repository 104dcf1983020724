import type { LambdaFunction } from "@lucky/application/application";
import { pascalCase } from "@lucky/gateway/name";
import type { Throttle } from "../settings/throttle.ts";
import { bundleArgs } from "./bundle-args.ts";
import { createAlias } from "./function-alias.ts";
import { type FunctionOptions, joinOptions } from "./function-options.ts";
import { grantOwnLog, grantUses, trustLambdaAlone } from "./function-role.ts";
import { transformInOrder } from "./transform.ts";

export type { FunctionOptions } from "./function-options.ts";

/** A function of the application, and what it is on AWS. */
export type DeployedFunction = LambdaFunction & {
  /** The name of its resources, such as SendMail. */
  readonly resource: string;
  readonly lambda: sst.aws.Function;
  /** The ARN that routes lead to: the function, a version of it, or its alias. */
  readonly target: $util.Output<string>;
  readonly throttle: Throttle | undefined;
};

/**
 * Makes a function of the application, with a role that may write the function's own log and whatever the options add.
 * `own` goes before `common`, but for what can be had of both: variables of the environment, tags, permissions, policies,
 * links, layers and transforms.
 *
 *     createFunction(each, { logRetention: "1 week", logLevel: "INFO" }, { environment: { CITY: "Berlin" } });
 */
export function createFunction(
  each: LambdaFunction,
  common: FunctionOptions,
  own: Partial<FunctionOptions> = {},
): DeployedFunction {
  const { logRetention, logLevel, throttle, transform, ...options } = joinOptions(common, own);
  const { keepsLog = false, hasTracing = false, alias: wanted, access, environment, ...args } = options;
  const alias = $dev ? undefined : wanted;
  const { name, contract, limits, bundling } = each;
  const resource = pascalCase(name);
  const logGroup = Promise.withResolvers<$util.Output<string>>();
  const lambda = new sst.aws.Function(resource, {
    ...args,
    ...(environment && { environment: { ...access?.environment, ...environment } }),
    ...(alias && { versioning: true }),
    handler: `functions/${name}/src/handler.handler`,
    description: contract.summary,
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: `${limits.memoryMegabytes} MB`,
    timeout: `${limits.timeoutSeconds} seconds`,
    logging: { format: "json", retention: logRetention },
    ...bundleArgs(bundling),
    transform: {
      ...transform,
      function: transformInOrder<aws.lambda.FunctionArgs>((args) => {
        args.loggingConfig = $output(args.loggingConfig).apply((logging) => ({
          logFormat: "JSON",
          ...logging,
          applicationLogLevel: logLevel,
        }));
        if (hasTracing) args.tracingConfig = { mode: "Active" };
      }, transform?.function),
      logGroup: transformInOrder<aws.cloudwatch.LogGroupArgs>((_, opts) => {
        if (keepsLog) opts.retainOnDelete = true;
      }, transform?.logGroup),
      role: transformInOrder<aws.iam.RoleArgs>(
        (args) => {
          if (!$dev) trustLambdaAlone(args);
        },
        transform?.role,
        (args) => {
          grantUses(args, access?.statements ?? []);
          if (!$dev) grantOwnLog(args, $output(logGroup.promise), hasTracing);
        },
      ),
    },
  });
  // SST makes the role first, and the log group's name for this deploy alone: only the group itself has the one that it keeps.
  logGroup.resolve(lambda.nodes.logGroup.apply((group) => $output(group?.arn ?? "")));
  const target = alias ? createAlias(resource, lambda, alias) : lambda.targetArn;
  return { ...each, resource, lambda, target, throttle };
}
