import type { Limits } from "./limit.ts";

// What AWS refuses although its schemas do not say so. Each is from the reference of the service's API.

const API_NAME = { minLength: 1, maxLength: 128 };

export const MORE_LIMITS: Readonly<Record<string, Limits>> = {
  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
  "AWS::Lambda::Function": {
    "Properties.FunctionName": { minLength: 1, maxLength: 64, pattern: /^[\w-]+$/ },
    "Properties.MemorySize": { min: 128, max: 10_240 },
    "Properties.Timeout": { min: 1, max: 900 },
  },
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
  "AWS::IAM::Role": {
    "Properties.RoleName": { minLength: 1, maxLength: 64, pattern: /^[\w+=,.@-]+$/ },
    "Properties.Description": { maxLength: 1000 },
    "Properties.ManagedPolicyArns": { maxLength: 20 },
    "Policy.PolicyName": { minLength: 1, maxLength: 128, pattern: /^[\w+=,.@-]+$/ },
  },
  // https://docs.aws.amazon.com/apigateway/latest/api/API_CreateApi.html
  "AWS::ApiGatewayV2::Api": {
    "Properties.Name": API_NAME,
    "Properties.Description": { maxLength: 1024 },
    "Cors.MaxAge": { min: -1, max: 86_400 },
  },
  "AWS::ApiGatewayV2::Stage": { "Properties.StageName": API_NAME },
  "AWS::ApiGatewayV2::Integration": {
    "Properties.TimeoutInMillis": { min: 50, max: 30_000 },
  },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  "AWS::CloudWatch::Alarm": {
    "Properties.AlarmName": { minLength: 1, maxLength: 255 },
    "Properties.AlarmDescription": { maxLength: 1024 },
    "Properties.EvaluationPeriods": { min: 1 },
    "Properties.DatapointsToAlarm": { min: 1 },
    "Properties.Metrics": { maxLength: 20 },
    "Properties.ExtendedStatistic": { pattern: /^(?:p|tm|tc|ts|wm)\(?\d|^PR\(|^IQM$/ },
    "MetricDataQuery.Id": { minLength: 1, maxLength: 255, pattern: /^[a-z]\w*$/ },
    "MetricDataQuery.Expression": { minLength: 1, maxLength: 2048 },
  },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
  "AWS::CloudWatch::Dashboard": {
    "Properties.DashboardName": { minLength: 1, maxLength: 255, pattern: /^[\w-]+$/ },
    "Properties.DashboardBody": { maxLength: 1024 * 1024 },
  },
  // https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
  "AWS::SNS::Topic": {
    "Properties.TopicName": { minLength: 1, maxLength: 256, pattern: /^[\w-]+(?:\.fifo)?$/ },
  },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
  "AWS::SQS::Queue": {
    "Properties.QueueName": { minLength: 1, maxLength: 80, pattern: /^[\w-]+(?:\.fifo)?$/ },
    "Properties.VisibilityTimeout": { min: 0, max: 43_200 },
    "Properties.DelaySeconds": { min: 0, max: 900 },
  },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  "AWS::S3::Bucket": {
    "Properties.BucketName": {
      minLength: 3,
      maxLength: 63,
      pattern: /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
    },
  },
  // https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateFunction.html
  "AWS::CloudFront::Function": {
    "Properties.Name": { minLength: 1, maxLength: 64, pattern: /^[\w-]+$/ },
    "Properties.FunctionCode": { minLength: 1, maxLength: 10 * 1024 },
  },
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
  "AWS::CloudFront::Distribution": {
    "DistributionConfig.Comment": { maxLength: 128 },
    "DistributionConfig.Origins": { minLength: 1, maxLength: 100 },
  },
  "AWS::CloudFront::ResponseHeadersPolicy": {
    "ResponseHeadersPolicyConfig.Comment": { maxLength: 128 },
    "ResponseHeadersPolicyConfig.Name": { minLength: 1, maxLength: 128 },
  },
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
  "AWS::Logs::MetricFilter": {
    "Properties.FilterPattern": { maxLength: 1024 },
  },
};
