import { identityStatements } from "./identity.ts";
import { allow, deny, type Policy, policy, type Statement } from "./policy.ts";
import type { Scope } from "./scope.ts";

/** What the pipeline's role may do; `extra` is the application's own. */
export function deployPolicy(scope: Scope, extra: readonly Statement[] = []): Policy {
  return policy([
    ...stateStatements(scope),
    ...(scope.role === "prod" ? bootstrapStatements(scope) : []),
    ...namedStatements(scope),
    ...sharedStatements(scope),
    ...(scope.zone === undefined ? [] : domainStatements(scope, scope.zone)),
    ...identityStatements(scope),
    ...extra,
  ]);
}

/** What SST itself keeps: state, secrets, passphrase and lock of a stage, and bundles of all stages in one bucket. */
function stateStatements({ account, app, stages }: Scope): Statement[] {
  const parameter = `arn:aws:ssm:*:${account}:parameter`;
  const state = "arn:aws:s3:::sst-state-*";
  return [
    allow("ssm", ["GetParameter"], `${parameter}/sst/bootstrap*`),
    allow(
      "ssm",
      ["GetParameter", "PutParameter", "DeleteParameter"],
      `${parameter}/sst/passphrase/${app}/${stages}`,
    ),
    allow("ssm", ["*Parameter", "*TagsForResource", "*TagsToResource"], `${parameter}/${app}/${stages}/*`),
    // S3 says of a missing object that it is missing only to who may list the bucket. SST relies on that.
    allow("s3", ["ListBucket", "ListBucketVersions"], [state, "arn:aws:s3:::sst-asset-*"]),
    allow(
      "s3",
      ["GetObject", "GetObjectVersion", "PutObject", "DeleteObject", "DeleteObjectVersion"],
      [`${state}/*/${app}/${stages}.json`, `${state}/*/${app}/${stages}/*`],
    ),
    allow("s3", ["GetObject"], `${state}/secret/${app}/_fallback.json`),
    allow(
      "s3",
      ["GetObject*", "PutObject", "PutObjectTagging", "DeleteObject*"],
      "arn:aws:s3:::sst-asset-*/*",
    ),
    allow("ecr", ["DescribeRepositories"], `arn:aws:ecr:*:${account}:repository/sst-asset`),
  ];
}

/** What SST makes once in an account and region, and amends when a new version of it wants more. */
function bootstrapStatements({ account }: Scope): Statement[] {
  return [
    allow(
      "s3",
      ["CreateBucket", "PutBucketNotification", "PutBucketPolicy", "PutBucketVersioning"],
      ["arn:aws:s3:::sst-state-*", "arn:aws:s3:::sst-asset-*"],
    ),
    allow("ssm", ["PutParameter"], `arn:aws:ssm:*:${account}:parameter/sst/bootstrap*`),
    allow("ecr", ["CreateRepository"], `arn:aws:ecr:*:${account}:repository/sst-asset`),
  ];
}

/** What has the application and the stage in its name. */
function namedStatements({ account, app, stages, prefix }: Scope): Statement[] {
  const named = (service: string, kind = "") => `arn:aws:${service}:*:${account}:${kind}${prefix}*`;
  return [
    allow("s3", ["*"], `arn:aws:s3:::${prefix}*`),
    allow("lambda", ["*"], named("lambda", "function:")),
    allow(
      "logs",
      ["*"],
      ["/aws/lambda/", "/aws/vendedlogs/apis/"].map((folder) => named("logs", `log-group:${folder}`)),
    ),
    allow("sns", ["*"], named("sns")),
    allow("sqs", ["*"], named("sqs")),
    allow("dynamodb", ["*"], named("dynamodb", "table/")),
    allow(
      "cloudwatch",
      ["*"],
      [named("cloudwatch", "alarm:"), `arn:aws:cloudwatch::${account}:dashboard/${app}-${stages}`],
    ),
    allow(
      "budgets",
      ["ModifyBudget", "ViewBudget", "*Resource"],
      [
        `arn:aws:budgets::${account}:budget/${app}-${stages}`,
        `arn:aws:budgets::${account}:budget/${prefix}*`,
      ],
    ),
  ];
}

/** What AWS names by itself, or does not let be told apart. */
function sharedStatements({ role }: Scope): Statement[] {
  const api = "arn:aws:apigateway:*::";
  return [
    allow("apigateway", ["*"], [`${api}/apis`, `${api}/apis/*`, `${api}/tags/*`]),
    allow(
      "cloudfront",
      [
        "*Distribution",
        "*DistributionConfig",
        "*Invalidation",
        "*Function",
        "*KeyValueStore",
        "*OriginAccessControl",
        "*ResponseHeadersPolicy",
        "ListResponseHeadersPolicies",
        "ListTagsForResource",
        "TagResource",
        "UntagResource",
      ],
      "*",
    ),
    allow("cloudfront-keyvaluestore", ["*"], "*"),
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
    allow(
      "logs",
      [
        "DescribeLogGroups",
        "*LogDelivery",
        "ListLogDeliveries",
        "PutResourcePolicy",
        "DescribeResourcePolicies",
      ],
      "*",
    ),
    allow("cloudwatch", ["DescribeAlarms"], "*"),
    // SST tags all it makes with the stage. What has no tag, or passes none on, is not covered by this.
    ...(role === "preview"
      ? [
          deny(["apigateway:*", "cloudfront:*", "cloudfront-keyvaluestore:*"], "*", {
            StringEquals: { "aws:ResourceTag/sst:stage": "prod" },
          }),
        ]
      : []),
  ];
}

function domainStatements({ account }: Scope, zone: string): Statement[] {
  const api = "arn:aws:apigateway:*::";
  const gateway = "ops.apigateway.amazonaws.com";
  return [
    allow("apigateway", ["*"], [`${api}/domainnames`, `${api}/domainnames/*`]),
    allow("iam", ["CreateServiceLinkedRole"], `arn:aws:iam::${account}:role/aws-service-role/${gateway}/*`, {
      StringEquals: { "iam:AWSServiceName": gateway },
    }),
    allow("acm", ["RequestCertificate"], "*"),
    allow(
      "acm",
      [
        "DescribeCertificate",
        "DeleteCertificate",
        "*TagsForCertificate",
        "*TagsToCertificate",
        "*TagsFromCertificate",
      ],
      `arn:aws:acm:*:${account}:certificate/*`,
    ),
    allow(
      "route53",
      ["ChangeResourceRecordSets", "GetHostedZone", "ListResourceRecordSets", "ListTagsForResource"],
      `arn:aws:route53:::hostedzone/${zone}`,
    ),
    allow("route53", ["ListHostedZones", "GetChange"], "*"),
  ];
}
