/** How a type of Pulumi's reads in CloudFormation's words. */
export type Translation = {
  readonly type: string;
  /** The property that holds all the others. */
  readonly within?: string;
  /** Names that are not the same but for a capital letter: by the path in Pulumi, `[]` for what is in a list or a record. */
  readonly names?: Readonly<Record<string, string>>;
  /** Properties of the provider alone, or that CloudFormation has as resources of their own: by path, with the reason. */
  readonly own?: Readonly<Record<string, string>>;
  /** What AWS requires, and the provider gives where nobody else does. */
  readonly given?: readonly string[];
};

export const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  "aws:lambda/function:Function": {
    type: "AWS::Lambda::Function",
    names: { s3Bucket: "Code.S3Bucket", s3Key: "Code.S3Key", s3ObjectVersion: "Code.S3ObjectVersion" },
    own: {
      publish: "a resource of its own, AWS::Lambda::Version",
      sourceCodeHash: "the provider's, to see that code has changed",
      skipDestroy: "the provider's",
    },
  },
  "aws:lambda/alias:Alias": { type: "AWS::Lambda::Alias" },
  "aws:lambda/permission:Permission": {
    type: "AWS::Lambda::Permission",
    names: { function: "FunctionName" },
    own: { statementId: "CloudFormation makes it up", qualifier: "part of FunctionName" },
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": { type: "AWS::Lambda::EventSourceMapping" },
  "aws:iam/role:Role": {
    type: "AWS::IAM::Role",
    names: {
      assumeRolePolicy: "AssumeRolePolicyDocument",
      inlinePolicies: "Policies",
      "inlinePolicies[].name": "PolicyName",
      "inlinePolicies[].policy": "PolicyDocument",
    },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    type: "AWS::Logs::LogGroup",
    own: { skipDestroy: "the provider's" },
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    type: "AWS::Logs::MetricFilter",
    names: {
      name: "FilterName",
      pattern: "FilterPattern",
      metricTransformation: "MetricTransformations",
      "metricTransformation.name": "MetricName",
      "metricTransformation.namespace": "MetricNamespace",
      "metricTransformation.value": "MetricValue",
    },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    type: "AWS::CloudWatch::Alarm",
    names: {
      name: "AlarmName",
      metricQueries: "Metrics",
      "metricQueries[].metric": "MetricStat",
      "metricQueries[].metric.metricName": "Metric.MetricName",
      "metricQueries[].metric.namespace": "Metric.Namespace",
      "metricQueries[].metric.dimensions": "Metric.Dimensions",
    },
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": { type: "AWS::CloudWatch::CompositeAlarm" },
  "aws:cloudwatch/dashboard:Dashboard": { type: "AWS::CloudWatch::Dashboard" },
  "aws:apigatewayv2/api:Api": { type: "AWS::ApiGatewayV2::Api" },
  "aws:apigatewayv2/stage:Stage": { type: "AWS::ApiGatewayV2::Stage", names: { name: "StageName" } },
  "aws:apigatewayv2/integration:Integration": { type: "AWS::ApiGatewayV2::Integration" },
  "aws:apigatewayv2/route:Route": { type: "AWS::ApiGatewayV2::Route" },
  "aws:apigatewayv2/domainName:DomainName": { type: "AWS::ApiGatewayV2::DomainName" },
  "aws:apigatewayv2/apiMapping:ApiMapping": { type: "AWS::ApiGatewayV2::ApiMapping" },
  "aws:sns/topic:Topic": { type: "AWS::SNS::Topic", names: { name: "TopicName" } },
  "aws:sns/topicSubscription:TopicSubscription": {
    type: "AWS::SNS::Subscription",
    names: { topic: "TopicArn" },
  },
  "aws:sqs/queue:Queue": { type: "AWS::SQS::Queue" },
  "aws:s3/bucket:Bucket": {
    type: "AWS::S3::Bucket",
    names: { bucket: "BucketName" },
    own: { forceDestroy: "the provider's, which empties the bucket first" },
  },
  "aws:s3/bucketPolicy:BucketPolicy": { type: "AWS::S3::BucketPolicy", names: { policy: "PolicyDocument" } },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    type: "AWS::S3::Bucket",
    within: "PublicAccessBlockConfiguration",
    own: { bucket: "the bucket that has it" },
  },
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": {
    type: "AWS::S3::Bucket",
    within: "CorsConfiguration",
    names: {
      "corsRules[].exposeHeaders": "ExposedHeaders",
      "corsRules[].maxAgeSeconds": "MaxAge",
    },
    own: { bucket: "the bucket that has it" },
  },
  "aws:cloudfront/distribution:Distribution": {
    type: "AWS::CloudFront::Distribution",
    within: "DistributionConfig",
    names: {
      "origins[].originId": "Id",
      "origins[].customOriginConfig.originKeepaliveTimeout": "OriginKeepaliveTimeout",
      orderedCacheBehaviors: "CacheBehaviors",
    },
    own: { waitForDeployment: "the provider's", retainOnDelete: "the provider's" },
  },
  "aws:cloudfront/function:Function": {
    type: "AWS::CloudFront::Function",
    names: {
      code: "FunctionCode",
      publish: "AutoPublish",
      runtime: "FunctionConfig.Runtime",
      comment: "FunctionConfig.Comment",
    },
    own: { keyValueStoreAssociations: "ARNs, where CloudFormation has objects" },
    given: ["FunctionConfig.Comment"],
  },
  "aws:cloudfront/keyValueStore:KeyValueStore": { type: "AWS::CloudFront::KeyValueStore" },
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
    type: "AWS::CloudFront::ResponseHeadersPolicy",
    within: "ResponseHeadersPolicyConfig",
    given: ["ResponseHeadersPolicyConfig.Name"], // Pulumi names it
  },
  "aws:cloudfront/originAccessControl:OriginAccessControl": {
    type: "AWS::CloudFront::OriginAccessControl",
    within: "OriginAccessControlConfig",
    given: ["OriginAccessControlConfig.Name"],
  },
  "aws:acm/certificate:Certificate": {
    type: "AWS::CertificateManager::Certificate",
  },
  "aws:dynamodb/table:Table": {
    type: "AWS::DynamoDB::Table",
    names: {
      name: "TableName",
      attributes: "AttributeDefinitions",
      "attributes[].name": "AttributeName",
      "attributes[].type": "AttributeType",
      "globalSecondaryIndexes[].name": "IndexName",
      "globalSecondaryIndexes[].projectionType": "Projection.ProjectionType",
      "globalSecondaryIndexes[].nonKeyAttributes": "Projection.NonKeyAttributes",
      pointInTimeRecovery: "PointInTimeRecoverySpecification",
      "pointInTimeRecovery.enabled": "PointInTimeRecoveryEnabled",
      serverSideEncryption: "SSESpecification",
      "serverSideEncryption.enabled": "SSEEnabled",
      ttl: "TimeToLiveSpecification",
      streamViewType: "StreamSpecification.StreamViewType",
    },
    own: {
      hashKey: "KeySchema, of pairs",
      rangeKey: "KeySchema, of pairs",
      "globalSecondaryIndexes[].hashKey": "KeySchema, of pairs",
      "globalSecondaryIndexes[].rangeKey": "KeySchema, of pairs",
      streamEnabled: "StreamSpecification being there",
    },
    given: ["KeySchema", "GlobalSecondaryIndex.KeySchema"],
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    type: "AWS::SNS::TopicPolicy",
    names: { policy: "PolicyDocument" },
    own: { arn: "of one topic, where CloudFormation has a list" },
    given: ["Topics"],
  },
  "aws:budgets/budget:Budget": {
    type: "AWS::Budgets::Budget",
    within: "Budget",
    names: { name: "BudgetName", limitAmount: "BudgetLimit.Amount", limitUnit: "BudgetLimit.Unit" },
    own: {
      notifications: "CloudFormation has them beside the budget",
      costFilters: "pairs, where CloudFormation has any JSON",
    },
  },
};

/** Types that CloudFormation has not, with the reason why nothing can be held to it. */
export const UNTRANSLATED: Readonly<Record<string, string>> = {
  "aws:s3/bucketObjectv2:BucketObjectv2": "CloudFormation has no objects of a bucket",
};
