import type { Properties } from "./row.ts";

/** The property that can be had only once: in an account and region, or in the world. API Gateway's APIs may share a name. */
const NAMES: Readonly<Record<string, string>> = {
  "aws:lambda/function:Function": "name",
  "aws:iam/role:Role": "name",
  "aws:cloudwatch/logGroup:LogGroup": "name",
  "aws:cloudwatch/dashboard:Dashboard": "dashboardName",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "name",
  "aws:cloudwatch/eventRule:EventRule": "name",
  "aws:scheduler/schedule:Schedule": "name",
  "aws:sns/topic:Topic": "name",
  "aws:sqs/queue:Queue": "name",
  "aws:dynamodb/table:Table": "name",
  "aws:s3/bucket:Bucket": "bucket",
  "aws:cloudfront/function:Function": "name",
  "aws:cloudfront/keyValueStore:KeyValueStore": "name",
};

/**
 * What AWS tells resources of a type apart by, where two cannot have the same; undefined where they can.
 * `{id}` and `{userId}` in a route are the same to it.
 */
export function identityOf(type: string, inputs: Properties): string | undefined {
  if (type === "aws:apigatewayv2/route:Route")
    return `route ${String(inputs.routeKey).replaceAll(/\{\w+(\+?)\}/g, "{$1}")} of ${inputs.apiId}`;
  if (type === "aws:apigatewayv2/stage:Stage") return `stage ${inputs.name} of ${inputs.apiId}`;
  const property = NAMES[type];
  const name = property && inputs[property];
  return name === undefined ? undefined : `${type.split(":").at(-1)} ${name}`;
}
