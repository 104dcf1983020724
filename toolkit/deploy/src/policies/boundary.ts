import { allow, type Policy, policy, type Statement } from "./policy.ts";
import type { Scope } from "./scope.ts";

/**
 * The most that a function may do, whatever its role says: a pull request's code decides its own functions' rights, so this
 * keeps them from prod. What has another name than the stage's, or is of another service, is in `extra`.
 */
export function boundary({ account, app, stages, prefix }: Scope, extra: readonly Statement[] = []): Policy {
  const named = (service: string, kind = "") => `arn:aws:${service}:*:${account}:${kind}${prefix}*`;
  return policy([
    allow("logs", ["CreateLogStream", "PutLogEvents"], named("logs", "log-group:/aws/lambda/")),
    allow("xray", ["PutTraceSegments", "PutTelemetryRecords"], "*"),
    allow("dynamodb", ["*"], named("dynamodb", "table/")),
    allow("sqs", ["*"], named("sqs")),
    allow("sns", ["Publish"], named("sns")),
    allow("s3", ["*"], `arn:aws:s3:::${prefix}*`),
    allow("lambda", ["InvokeFunction"], named("lambda", "function:")),
    allow("ssm", ["GetParameter*"], `arn:aws:ssm:*:${account}:parameter/${app}/${stages}/*`),
    // The key that AWS keeps for parameters lets everybody in the account, but a boundary counts beside it.
    allow("kms", ["Decrypt"], `arn:aws:kms:*:${account}:key/*`, {
      StringLike: { "kms:ViaService": "ssm.*.amazonaws.com" },
    }),
    ...extra,
  ]);
}
