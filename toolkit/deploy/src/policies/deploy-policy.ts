import { identityStatements } from "./identity.ts";
import { allow, deny, type Policy, policy, type Statement } from "./policy.ts";
import type { Scope } from "./scope.ts";
import { bootstrapStatements, stateStatements } from "./state.ts";

/** What the pipeline's role may do; `extra` is the application's own. */
export function deployPolicy(scope: Scope, extra: readonly Statement[] = []): Policy {
  return policy([
    ...stateStatements(scope),
    ...(scope.role === "prod" ? [...bootstrapStatements(scope), ...domainStatements(scope)] : []),
    ...namedStatements(scope),
    ...sharedStatements(scope),
    ...(scope.zone === undefined ? [] : zoneStatements(scope, scope.zone)),
    ...identityStatements(scope),
    ...extra,
  ]);
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
    allow("ssm", ["DescribeParameters"], "*"), // names and descriptions, and no values
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

/** A domain of the API, wherever its zone is. */
function domainStatements({ account }: Scope): Statement[] {
  const api = "arn:aws:apigateway:*::";
  const gateway = "ops.apigateway.amazonaws.com";
  return [
    allow("apigateway", ["*"], [`${api}/domainnames`, `${api}/domainnames/*`]),
    allow("acm", ["DescribeCertificate"], `arn:aws:acm:*:${account}:certificate/*`),
    // For the first domain in an account.
    allow("iam", ["CreateServiceLinkedRole"], `arn:aws:iam::${account}:role/aws-service-role/${gateway}/*`, {
      StringEquals: { "iam:AWSServiceName": gateway },
    }),
  ];
}

/** The domain's certificate and records, which SST makes where the zone is in Route 53. */
function zoneStatements({ account }: Scope, zone: string): Statement[] {
  return [
    allow("acm", ["RequestCertificate"], "*"),
    allow(
      "acm",
      ["DeleteCertificate", "ListTagsForCertificate", "AddTagsToCertificate", "RemoveTagsFromCertificate"],
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
