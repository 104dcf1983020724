import type { Call } from "./evaluate.ts";

// What a deploy, an update and a remove call, for each kind of resource. SST's own calls: its pkg/project/provider/aws.go and
// pkg/server/resource. The provider's: internal/service of terraform-provider-aws, which Pulumi's is made of. IAM's names of
// them: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

/** `nameOf` gives the name of a bucket, which is in the state under what AWS calls its id. */
export type Where = {
  readonly account: string;
  readonly region: string;
  readonly boundary: string;
  readonly zone: string;
  readonly nameOf?: (id: string) => string | undefined;
};
/** Actions of a service, as words, on a resource. */
type Calls = readonly (readonly [
  service: string,
  actions: string,
  resource: string,
  context?: Call["context"],
])[];

const TAGS = "TagResource UntagResource ListTagsForResource";

export const KINDS: Readonly<Record<string, (name: string, where: Where) => Calls>> = {
  "aws:iam/role:Role": (name, { account, boundary }) => {
    const role = `arn:aws:iam::${account}:role/${name}`;
    const reading =
      "GetRole GetRolePolicy ListRolePolicies ListAttachedRolePolicies ListInstanceProfilesForRole";
    const writing = "UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy TagRole UntagRole";
    const removing = "DeleteRolePolicy DetachRolePolicy DeleteRole";
    return [
      ["iam", `${reading} ${writing} ${removing}`, role],
      [
        "iam",
        "CreateRole PutRolePolicy AttachRolePolicy PutRolePermissionsBoundary",
        role,
        { "iam:PermissionsBoundary": boundary },
      ],
      ["iam", "PassRole", role, { "iam:PassedToService": "lambda.amazonaws.com" }],
    ];
  },
  "aws:lambda/function:Function": (name, where) => {
    const lambda = arn("lambda", `function:${name}`, where);
    const writing =
      "CreateFunction UpdateFunctionCode UpdateFunctionConfiguration PublishVersion DeleteFunction";
    const reading =
      "GetFunction GetFunctionConfiguration GetFunctionCodeSigningConfig GetFunctionConcurrency ListVersionsByFunction";
    const tags = "TagResource UntagResource ListTags";
    return [
      ["lambda", `${writing} ${reading} ${tags} PutFunctionConcurrency DeleteFunctionConcurrency`, lambda],
      ["s3", "GetObject GetObjectVersion", "arn:aws:s3:::sst-asset-abc/assets/code.zip"], // Lambda, in the caller's name
    ];
  },
  "aws:lambda/permission:Permission": (name, where) => [
    ["lambda", "AddPermission RemovePermission GetPolicy", arn("lambda", `function:${name}`, where)],
  ],
  "aws:lambda/alias:Alias": (name, where) => [
    ["lambda", "CreateAlias UpdateAlias GetAlias DeleteAlias", arn("lambda", `function:${name}`, where)],
  ],
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": (name, where) => [
    [
      "lambda",
      "PutProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig DeleteProvisionedConcurrencyConfig",
      arn("lambda", `function:${name}:live`, where),
    ],
  ],
  "aws:cloudwatch/logGroup:LogGroup": (name, where) => [
    [
      "logs",
      `CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy ${TAGS}`,
      arn("logs", `log-group:${name}`, where),
    ],
    ["logs", "DescribeLogGroups", "*"],
  ],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": (name, where) => [
    [
      "logs",
      "PutMetricFilter DescribeMetricFilters DeleteMetricFilter",
      arn("logs", `log-group:${name}`, where),
    ],
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": (name, where) => [
    ["cloudwatch", `PutMetricAlarm DeleteAlarms ${TAGS}`, arn("cloudwatch", `alarm:${name}`, where)],
    ["cloudwatch", "DescribeAlarms", "*"],
  ],
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": (name, where) => [
    ["cloudwatch", `PutCompositeAlarm DeleteAlarms ${TAGS}`, arn("cloudwatch", `alarm:${name}`, where)],
    ["cloudwatch", "DescribeAlarms", "*"],
  ],
  "aws:cloudwatch/dashboard:Dashboard": (name, { account }) => [
    [
      "cloudwatch",
      "PutDashboard GetDashboard DeleteDashboards",
      `arn:aws:cloudwatch::${account}:dashboard/${name}`,
    ],
  ],
  "aws:sns/topic:Topic": (name, where) => [
    ["sns", `CreateTopic GetTopicAttributes SetTopicAttributes DeleteTopic ${TAGS}`, arn("sns", name, where)],
  ],
  "aws:sns/topicPolicy:TopicPolicy": (name, where) => [
    ["sns", "GetTopicAttributes SetTopicAttributes", arn("sns", name, where)],
  ],
  "aws:sns/topicSubscription:TopicSubscription": (name, where) => [
    ["sns", "Subscribe ListSubscriptionsByTopic", arn("sns", name, where)],
    [
      "sns",
      "GetSubscriptionAttributes SetSubscriptionAttributes Unsubscribe",
      arn("sns", `${name}:0a1b`, where),
    ],
  ],
  "aws:budgets/budget:Budget": (name, { account }) => [
    ["budgets", `ViewBudget ModifyBudget ${TAGS}`, `arn:aws:budgets::${account}:budget/${name}`],
  ],
  "aws:ssm/parameter:Parameter": (name, where) => [
    [
      "ssm",
      "PutParameter GetParameter DeleteParameter AddTagsToResource ListTagsForResource",
      arn("ssm", `parameter${name}`, where),
    ],
    ["ssm", "DescribeParameters", "*"], // the provider reads a parameter's description so
  ],
  "aws:apigatewayv2/api:Api": (_, where) => [
    ["apigateway", "POST", gateway("apis", where)],
    ["apigateway", "GET PATCH DELETE", gateway("apis/abc", where)],
    ["apigateway", "GET POST PUT DELETE", gateway("tags/arn", where)],
  ],
  "aws:apigatewayv2/stage:Stage": (_, where) => [
    ...inApi("stages")(_, where),
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
    [
      "logs",
      "CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries PutResourcePolicy DescribeResourcePolicies",
      "*",
    ],
  ],
  "aws:apigatewayv2/route:Route": inApi("routes"),
  "aws:apigatewayv2/integration:Integration": inApi("integrations"),
  "aws:apigatewayv2/authorizer:Authorizer": inApi("authorizers"),
  "aws:cloudfront/distribution:Distribution": (_, { account }) => [
    ["cloudfront", "CreateDistribution", "*"],
    [
      "cloudfront",
      `GetDistribution GetDistributionConfig UpdateDistribution DeleteDistribution ${TAGS}`,
      `arn:aws:cloudfront::${account}:distribution/E1`,
    ],
  ],
  "aws:cloudfront/function:Function": (name, { account }) => [
    ["cloudfront", "CreateFunction", "*"],
    [
      "cloudfront",
      "DescribeFunction GetFunction UpdateFunction PublishFunction DeleteFunction",
      `arn:aws:cloudfront::${account}:function/${name}`,
    ],
  ],
  "aws:cloudfront/keyValueStore:KeyValueStore": (_, { account }) => [
    ["cloudfront", "CreateKeyValueStore", "*"],
    [
      "cloudfront",
      "DescribeKeyValueStore UpdateKeyValueStore DeleteKeyValueStore",
      `arn:aws:cloudfront::${account}:key-value-store/1`,
    ],
  ],
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": (_, { account }) => [
    ["cloudfront", "CreateResponseHeadersPolicy ListResponseHeadersPolicies", "*"],
    [
      "cloudfront",
      "GetResponseHeadersPolicy UpdateResponseHeadersPolicy DeleteResponseHeadersPolicy",
      `arn:aws:cloudfront::${account}:response-headers-policy/1`,
    ],
  ],
  "aws:s3/bucket:Bucket": (name) => [
    [
      "s3",
      "CreateBucket DeleteBucket ListBucket GetBucketTagging PutBucketTagging GetBucketAcl GetBucketVersioning GetBucketLocation GetEncryptionConfiguration",
      `arn:aws:s3:::${name}`,
    ],
  ],
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": (name) => [
    ["s3", "PutBucketCORS GetBucketCORS", `arn:aws:s3:::${name}`],
  ],
  "aws:s3/bucketPolicy:BucketPolicy": (name) => [
    ["s3", "PutBucketPolicy GetBucketPolicy DeleteBucketPolicy", `arn:aws:s3:::${name}`],
  ],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": (name) => [
    ["s3", "PutBucketPublicAccessBlock GetBucketPublicAccessBlock", `arn:aws:s3:::${name}`],
  ],
  "aws:s3/bucketObjectv2:BucketObjectv2": () => [
    [
      "s3",
      "PutObject PutObjectTagging GetObject GetObjectTagging DeleteObject DeleteObjectVersion",
      "arn:aws:s3:::sst-asset-abc/assets/code.zip",
    ],
    ["s3", "ListBucket ListBucketVersions", "arn:aws:s3:::sst-asset-abc"],
  ],
  "sst.aws.BucketFiles": (name) => [["s3", "PutObject DeleteObject", `arn:aws:s3:::${name}/index.html`]],
  "sst.aws.DistributionDeploymentWaiter": (_, { account }) => [
    ["cloudfront", "GetDistribution", `arn:aws:cloudfront::${account}:distribution/E1`],
  ],
  "sst.aws.DistributionInvalidation": (_, { account }) => [
    ["cloudfront", "CreateInvalidation GetInvalidation", `arn:aws:cloudfront::${account}:distribution/E1`],
  ],
  "sst.aws.OriginAccessControl": (_, { account }) => [
    ["cloudfront", "CreateOriginAccessControl", "*"],
    [
      "cloudfront",
      "GetOriginAccessControl DeleteOriginAccessControl",
      `arn:aws:cloudfront::${account}:origin-access-control/1`,
    ],
  ],
  "sst.aws.KvKeys": (_, { account }) => [
    [
      "cloudfront-keyvaluestore",
      "DescribeKeyValueStore ListKeys UpdateKeys",
      `arn:aws:cloudfront::${account}:key-value-store/1`,
    ],
  ],
  "aws:dynamodb/table:Table": (name, where) => [
    [
      "dynamodb",
      "CreateTable DescribeTable UpdateTable DeleteTable DescribeTimeToLive UpdateTimeToLive DescribeContinuousBackups UpdateContinuousBackups TagResource UntagResource ListTagsOfResource",
      arn("dynamodb", `table/${name}`, where),
    ],
  ],
  "aws:sqs/queue:Queue": (name, where) => [
    [
      "sqs",
      "CreateQueue GetQueueAttributes SetQueueAttributes DeleteQueue TagQueue UntagQueue ListQueueTags",
      arn("sqs", name, where),
    ],
  ],
  // For a domain.
  "sst.aws.HostedZoneLookup": () => [["route53", "ListHostedZones", "*"]],
  "aws:acm/certificate:Certificate": (_, where) => [
    ["acm", "RequestCertificate", "*"],
    [
      "acm",
      "DescribeCertificate ListTagsForCertificate AddTagsToCertificate RemoveTagsFromCertificate DeleteCertificate",
      arn("acm", "certificate/1", where),
    ],
  ],
  "aws:acm/certificateValidation:CertificateValidation": (_, where) => [
    ["acm", "DescribeCertificate", arn("acm", "certificate/1", where)],
  ],
  "aws:apigatewayv2/domainName:DomainName": (_, where) => [
    ["apigateway", "POST", gateway("domainnames", where)],
    ["apigateway", "GET PATCH DELETE", gateway("domainnames/api.example.com", where)],
    [
      "iam",
      "CreateServiceLinkedRole",
      `arn:aws:iam::${where.account}:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway`,
      { "iam:AWSServiceName": "ops.apigateway.amazonaws.com" },
    ],
  ],
  "aws:apigatewayv2/apiMapping:ApiMapping": (_, where) => [
    ["apigateway", "POST", gateway("domainnames/api.example.com/apimappings", where)],
    ["apigateway", "GET PATCH DELETE", gateway("domainnames/api.example.com/apimappings/1", where)],
  ],
  "aws:route53/record:Record": (_, { zone }) => [
    [
      "route53",
      "ChangeResourceRecordSets ListResourceRecordSets GetHostedZone",
      `arn:aws:route53:::hostedzone/${zone}`,
    ],
    ["route53", "GetChange", "arn:aws:route53:::change/C1"],
  ],
};

function arn(service: string, rest: string, { account, region }: Where): string {
  return `arn:aws:${service}:${region}:${account}:${rest}`;
}

function gateway(path: string, { region }: Where): string {
  return `arn:aws:apigateway:${region}::/${path}`;
}

function inApi(part: string) {
  return (_: string, where: Where): Calls => [
    ["apigateway", "POST", gateway(`apis/abc/${part}`, where)],
    ["apigateway", "GET PATCH DELETE", gateway(`apis/abc/${part}/1`, where)],
  ];
}
