import { specificationOf } from "./specification.ts";
import { TRANSLATIONS } from "./translation.ts";

/**
 * Where the provider does otherwise than CloudFormation, or has other properties: those that it replaces for.
 * replacement.test.ts holds this to the comments in @pulumi/aws.
 */
const PROVIDERS_OWN: Readonly<Record<string, readonly string[]>> = {
  "aws:apigatewayv2/integration:Integration": ["integrationType"],
  "aws:cloudfront/function:Function": ["name"],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
  "aws:cloudwatch/logGroup:LogGroup": ["logGroupClass"],
  "aws:dynamodb/table:Table": ["hashKey", "rangeKey", "localSecondaryIndexes"],
  "aws:iam/role:Role": ["path"],
  "aws:lambda/permission:Permission": ["statementId", "qualifier"],
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": ["bucket"],
  "aws:s3/bucketObjectv2:BucketObjectv2": ["bucket", "key"],
  "aws:s3/bucketPolicy:BucketPolicy": ["bucket"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["bucket"],
  "command:local:Command": ["triggers"],
};

/** Whether the change of a property asks for another resource in the place of the old one. */
export function forcesReplacement(type: string, property: string): boolean {
  if (PROVIDERS_OWN[type]?.includes(property)) return true;
  if (type.startsWith("random:")) return true;
  const { type: cloudFormation = "", within, names } = TRANSLATIONS[type] ?? {};
  if (within !== undefined) return property === "name";
  const { properties = {}, identifier = [] } = specificationOf(cloudFormation) ?? {};
  const name = names?.[property] ?? property;
  return Object.entries(properties).some(
    ([real, { causesReplacement }]) =>
      causesReplacement === "yes" &&
      (real.toLowerCase() === name.toLowerCase() || (name === "name" && identifier.includes(real))),
  );
}

/** Whether a resource of that type holds what is lost with it, such as a table or a log. */
export function holdsData(type: string): boolean {
  const { type: cloudFormation = "", within } = TRANSLATIONS[type] ?? {};
  return within === undefined && (specificationOf(cloudFormation)?.isStateful ?? false);
}

/**
 * Whether it has the same name before and after, given by the program: then the provider has the old one go first, rather than
 * ask for a name that is taken. https://github.com/pulumi/pulumi-terraform-bridge/blob/main/pkg/tfbridge/names.go
 */
export function isNamedByProgram(
  type: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): boolean {
  const property = type === "aws:s3/bucket:Bucket" ? "bucket" : "name";
  return after[property] !== undefined && before[property] === after[property];
}
