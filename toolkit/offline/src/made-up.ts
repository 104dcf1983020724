import { randomBytes, randomUUID } from "node:crypto";
import { lowerCase, upperCase } from "./random-id.ts";

// What AWS would have made up, as much of it as SST's components use. The forms of ARNs are held to AWS's own
// list by schemas.test.ts.

export const ACCOUNT = process.env.OFFLINE_ACCOUNT || "123456789012";
export const REGION = process.env.AWS_REGION || "eu-central-1";
/** https://docs.aws.amazon.com/general/latest/gr/cf_region.html: CloudFront's zone, the same for everybody. */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

type Properties = Readonly<Record<string, unknown>>;
type Made = { readonly id: string; readonly [property: string]: unknown };

/**
 * The properties that a resource has once it is made. What AWS makes up is random, so another resource in its place has
 * another; `name` is the resource's in Pulumi.
 */
export function madeUp(type: string, name: string, inputs: Properties): { id: string; state: Properties } {
  const { id, ...made } = ofType(type, name, inputs);
  return { id, state: { ...inputs, ...made } };
}

/** What they are after a change of the inputs: what AWS made up stays. */
export function changed(
  type: string,
  name: string,
  inputs: Properties,
  old: { readonly inputs: Properties; readonly outputs: Properties },
): Properties {
  const { state } = madeUp(type, name, inputs);
  const kept = Object.entries(old.outputs).filter(([key]) => !(key in inputs) && !(key in old.inputs));
  const changed = { ...state, ...Object.fromEntries(kept) };
  if (type !== "aws:lambda/function:Function" || inputs.publish !== true) return changed;
  const version = String((Number(old.outputs.version) || 0) + 1);
  const qualifiedArn = `${changed.arn}:${version}`;
  return { ...changed, version, qualifiedArn, qualifiedInvokeArn: invocationsOf(qualifiedArn) };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
function ofType(type: string, name: string, inputs: Properties): Made {
  const text = (property: string, otherwise = "") => String(inputs[property] ?? otherwise);
  const named = text("name", `${name}-${lowerCase(7)}`); // Pulumi's own way to name
  const arnOf = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
  switch (type) {
    case "aws:lambda/function:Function": {
      const arn = arnOf("lambda", `function:${named}`);
      const version = inputs.publish === true ? "1" : "$LATEST";
      const qualifiedArn = `${arn}:${version}`;
      return {
        id: named,
        name: named,
        arn,
        version,
        qualifiedArn,
        invokeArn: invocationsOf(arn),
        qualifiedInvokeArn: invocationsOf(qualifiedArn),
        codeSha256: randomBytes(32).toString("base64"),
      };
    }
    case "aws:lambda/alias:Alias": {
      const arn = `${functionArn(text("functionName"))}:${named}`;
      return { id: arn, name: named, arn, invokeArn: invocationsOf(arn) };
    }
    case "aws:lambda/permission:Permission": {
      const statementId = text("statementId", `${name}-${lowerCase(7)}`);
      return { id: statementId, statementId };
    }
    case "aws:lambda/functionUrl:FunctionUrl": {
      const urlId = lowerCase(32);
      return {
        id: text("functionName"),
        urlId,
        functionArn: functionArn(text("functionName")),
        functionUrl: `https://${urlId}.lambda-url.${REGION}.on.aws/`,
      };
    }
    case "aws:lambda/eventSourceMapping:EventSourceMapping": {
      const uuid = randomUUID();
      return {
        id: uuid,
        uuid,
        arn: arnOf("lambda", `event-source-mapping:${uuid}`),
        functionArn: functionArn(text("functionName")),
      };
    }
    case "aws:iam/role:Role":
      return {
        id: named,
        name: named,
        arn: `arn:aws:iam::${ACCOUNT}:role${text("path", "/")}${named}`,
        uniqueId: `AROA${upperCase(17)}`,
      };
    case "aws:iam/policy:Policy": {
      const arn = `arn:aws:iam::${ACCOUNT}:policy${text("path", "/")}${named}`;
      return { id: arn, name: named, arn, policyId: `ANPA${upperCase(17)}` };
    }
    case "aws:cloudwatch/logGroup:LogGroup": // the provider leaves out the `:*` of CloudWatch's own
      return { id: named, name: named, arn: arnOf("logs", `log-group:${named}`) };
    case "aws:cloudwatch/metricAlarm:MetricAlarm":
    case "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
      const alarm = text("alarmName", named);
      return { id: alarm, arn: arnOf("cloudwatch", `alarm:${alarm}`) };
    }
    case "aws:cloudwatch/dashboard:Dashboard": {
      const dashboard = text("dashboardName");
      return { id: dashboard, dashboardArn: `arn:aws:cloudwatch::${ACCOUNT}:dashboard/${dashboard}` };
    }
    case "aws:cloudwatch/eventRule:EventRule": {
      const bus = text("eventBusName", "default");
      const path = bus === "default" ? named : `${bus}/${named}`;
      return { id: path, name: named, arn: arnOf("events", `rule/${path}`) };
    }
    case "aws:scheduler/schedule:Schedule": {
      const path = `${text("groupName", "default")}/${named}`;
      return { id: path, name: named, arn: arnOf("scheduler", `schedule/${path}`) };
    }
    case "aws:apigatewayv2/api:Api": {
      const id = lowerCase(10);
      return {
        id,
        name: named,
        arn: `arn:aws:apigateway:${REGION}::/apis/${id}`,
        apiEndpoint: `https://${id}.execute-api.${REGION}.amazonaws.com`,
        executionArn: arnOf("execute-api", id),
      };
    }
    case "aws:apigatewayv2/stage:Stage": {
      const api = text("apiId");
      const path = named === "$default" ? "" : named;
      return {
        id: named,
        name: named,
        arn: `arn:aws:apigateway:${REGION}::/apis/${api}/stages/${named}`,
        executionArn: arnOf("execute-api", `${api}/${named}`),
        invokeUrl: `https://${api}.execute-api.${REGION}.amazonaws.com/${path}`,
      };
    }
    case "aws:apigatewayv2/integration:Integration":
    case "aws:apigatewayv2/route:Route":
      return { id: lowerCase(7) };
    case "aws:apigatewayv2/authorizer:Authorizer":
    case "aws:apigatewayv2/apiMapping:ApiMapping":
      return { id: lowerCase(6) };
    case "aws:apigatewayv2/domainName:DomainName": {
      const domain = text("domainName");
      const target = {
        targetDomainName: `d-${lowerCase(10)}.execute-api.${REGION}.amazonaws.com`,
        hostedZoneId: `Z${upperCase(13)}`,
      };
      return {
        id: domain,
        arn: `arn:aws:apigateway:${REGION}::/domainnames/${domain}`,
        domainNameConfiguration: { ...(inputs.domainNameConfiguration as object), ...target }, // the provider's type
      };
    }
    case "aws:acm/certificate:Certificate": {
      const arn = arnOf("acm", `certificate/${randomUUID()}`);
      const domain = text("domainName");
      const record = {
        domainName: domain,
        resourceRecordName: `_${lowerCase(32)}.${domain}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `_${lowerCase(32)}.acm-validations.aws.`,
      };
      return { id: arn, arn, domainValidationOptions: [record] };
    }
    case "aws:acm/certificateValidation:CertificateValidation":
      return { id: text("certificateArn") };
    case "aws:route53/record:Record":
      return { id: `${text("zoneId")}_${text("name")}_${text("type")}`, fqdn: text("name") };
    case "aws:sns/topic:Topic": {
      const arn = arnOf("sns", named);
      return { id: arn, name: named, arn };
    }
    case "aws:sns/topicSubscription:TopicSubscription": {
      const arn = `${text("topic")}:${randomUUID()}`;
      return { id: arn, arn };
    }
    case "aws:sns/topicPolicy:TopicPolicy":
      return { id: text("arn") };
    case "aws:sqs/queue:Queue": {
      const url = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${named}`;
      return { id: url, name: named, url, arn: arnOf("sqs", named) };
    }
    case "aws:sqs/queuePolicy:QueuePolicy":
      return { id: text("queueUrl") };
    case "aws:dynamodb/table:Table": {
      const arn = arnOf("dynamodb", `table/${named}`);
      const streamLabel = "2026-01-01T00:00:00.000";
      return {
        id: named,
        name: named,
        arn,
        ...(inputs.streamEnabled === true && { streamLabel, streamArn: `${arn}/stream/${streamLabel}` }),
      };
    }
    case "aws:s3/bucket:Bucket": {
      const bucket = text("bucket", `${name}-${lowerCase(7)}`.toLowerCase());
      return {
        id: bucket,
        bucket,
        arn: `arn:aws:s3:::${bucket}`,
        region: REGION,
        bucketDomainName: `${bucket}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${bucket}.s3.${REGION}.amazonaws.com`,
      };
    }
    case "aws:s3/bucketObjectv2:BucketObjectv2": {
      const path = `${text("bucket")}/${text("key")}`;
      return { id: path, arn: `arn:aws:s3:::${path}`, etag: randomBytes(16).toString("hex") };
    }
    case "aws:s3/bucketPolicy:BucketPolicy":
    case "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":
    case "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration":
    case "aws:s3/bucketVersioning:BucketVersioning":
    case "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration":
      return { id: text("bucket") };
    case "aws:cloudfront/distribution:Distribution": {
      const id = `E${upperCase(13)}`;
      return {
        id,
        arn: `arn:aws:cloudfront::${ACCOUNT}:distribution/${id}`,
        domainName: `d${lowerCase(13)}.cloudfront.net`,
        hostedZoneId: CLOUDFRONT_ZONE,
        etag: `E${upperCase(12)}`,
        status: "Deployed",
      };
    }
    case "aws:cloudfront/function:Function":
      return {
        id: named,
        name: named,
        arn: `arn:aws:cloudfront::${ACCOUNT}:function/${named}`,
        etag: `E${upperCase(12)}`,
        status: "UNASSOCIATED",
      };
    case "aws:cloudfront/keyValueStore:KeyValueStore": {
      const arn = `arn:aws:cloudfront::${ACCOUNT}:key-value-store/${randomUUID()}`;
      return { id: named, name: named, arn, etag: `E${upperCase(12)}` };
    }
    case "aws:cloudfront/originAccessControl:OriginAccessControl":
    case "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy":
    case "aws:cloudfront/cachePolicy:CachePolicy": {
      const [, resource = ""] = /\/(\w+):/.exec(type) ?? [];
      const id = resource === "originAccessControl" ? `E${upperCase(13)}` : randomUUID();
      const path = resource.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      return {
        id,
        name: named,
        arn: `arn:aws:cloudfront::${ACCOUNT}:${path}/${id}`,
        etag: `E${upperCase(12)}`,
      };
    }
    case "aws:budgets/budget:Budget":
      return { id: `${ACCOUNT}:${named}`, name: named, arn: `arn:aws:budgets::${ACCOUNT}:budget/${named}` };
    case "aws:ssm/parameter:Parameter":
      return { id: named, arn: arnOf("ssm", `parameter/${named.replace(/^\//, "")}`), version: 1 };
    case "random:index/randomBytes:RandomBytes": {
      const bytes = randomBytes(Number(inputs.length));
      return { id: bytes.toString("base64"), base64: bytes.toString("base64"), hex: bytes.toString("hex") };
    }
    default:
      return otherwise(type, name, named);
  }
}

/** A guess, for what nobody has yet needed to be right. */
function otherwise(type: string, name: string, named: string): Made {
  if (type.startsWith("random:")) {
    const result = lowerCase(16);
    return { id: result, result, hex: randomBytes(8).toString("hex"), b64Url: lowerCase(11) };
  }
  if (!type.startsWith("aws:")) return { id: `${name}-${lowerCase(7)}`, name: named };
  const service = type.split(":")[1]?.split("/")[0];
  return { id: named, name: named, arn: `arn:aws:${service}:${REGION}:${ACCOUNT}:${named}` };
}

/** A function is given by its name or by its ARN. */
function functionArn(function_: string): string {
  return function_.startsWith("arn:")
    ? function_
    : `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${function_}`;
}

function invocationsOf(functionArn: string): string {
  return `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}
