// What AWS would have made up or answered, as much of it as SST's components use.

const ACCOUNT = "123456789012";
const REGION = "eu-central-1";

type Properties = Readonly<Record<string, unknown>>;

/** The properties that a resource has once it is made. */
export function madeUp(type: string, name: string, inputs: Properties): { id: string; state: Properties } {
  const id = typeof inputs.name === "string" ? inputs.name : `${name}-id`;
  const arn = arnOf(type, id);
  const state = {
    ...inputs,
    name: id,
    arn,
    invokeArn: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arn}/invocations`,
    apiEndpoint: `https://${name.toLowerCase()}.execute-api.${REGION}.amazonaws.com`,
    executionArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:${name}`,
    ...ofOneType(type, id),
    ...(inputs.publish === true && { version: "1", qualifiedArn: `${arn}:1` }),
    ...(type.startsWith("random:") && { base64: Buffer.alloc(32, 7).toString("base64"), result: "r4nd0m" }),
  };
  return { id, state };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
function arnOf(type: string, id: string): string {
  switch (type) {
    case "aws:lambda/function:Function":
      return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${id}`;
    case "aws:cloudwatch/logGroup:LogGroup":
      return `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${id}`;
    case "aws:iam/role:Role":
      return `arn:aws:iam::${ACCOUNT}:role/${id}`;
    default:
      return `arn:aws:${type.split(":")[1]?.split("/")[0]}:${REGION}:${ACCOUNT}:${id}`;
  }
}

function ofOneType(type: string, id: string): object {
  switch (type) {
    case "aws:acm/certificate:Certificate": {
      const record = {
        resourceRecordName: "_validation.",
        resourceRecordType: "CNAME",
        resourceRecordValue: "_value.",
      };
      return { domainValidationOptions: [record] };
    }
    case "aws:apigatewayv2/domainName:DomainName": {
      const target = { targetDomainName: "d-offline.execute-api.amazonaws.com", hostedZoneId: "Z1" };
      return { domainNameConfiguration: target };
    }
    case "aws:s3/bucket:Bucket":
      return { bucket: id, bucketRegionalDomainName: `${id}.s3.${REGION}.amazonaws.com` };
    case "aws:cloudfront/distribution:Distribution":
      return { domainName: "d0ff11ne.cloudfront.net", hostedZoneId: "Z2", etag: "E1" };
    default:
      return {};
  }
}

/** What the program asks of AWS. Throws for what the stand-in does not know. */
export function answer(token: string, inputs: Properties): object {
  switch (token) {
    case "aws:index/getRegion:getRegion":
      return { id: REGION, name: REGION, region: REGION };
    case "aws:index/getPartition:getPartition":
      return { partition: "aws" };
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: ACCOUNT };
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return policyDocument((inputs.statements ?? []) as readonly Statement[]); // as Pulumi declares it
    case "aws:route53/getZone:getZone":
      return { zoneId: "Z123", id: "Z123" };
    default:
      throw new Error(`the stand-in for Pulumi has no answer for ${token}`);
  }
}

type Statement = {
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
};

/** Without statements it has none at all, and SST gives the role no policy. */
function policyDocument(statements: readonly Statement[]): object {
  const json = JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ effect = "Allow", actions, resources, principals }) => ({
      Effect: effect,
      Action: actions,
      Resource: resources,
      ...(principals && {
        Principal: Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers])),
      }),
    })),
  });
  return statements.length === 0 ? { json } : { json, statements };
}
