import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { WORKSPACE } from "../workspace.ts";
import { forcesReplacement, holdsData } from "./replacement.ts";
import { TRANSLATIONS } from "./translation.ts";

const PROVIDER = join(WORKSPACE, ".sst/platform/node_modules/@pulumi/aws");
const SAYS_SO =
  /forces? (?:a )?(?:new resource|replacement|re-?creation)|changing this (?:creates|will create) a new/i;

/** The properties of a type of which the provider's documentation says that they replace. */
function documented(type: string): readonly string[] {
  const [, path = ""] = /^aws:([^:]+):/.exec(type) ?? [];
  const file = join(PROVIDER, `${path}.d.ts`);
  if (!existsSync(file)) throw new Error(`${file} is missing`);
  const [, args = ""] = readFileSync(file, "utf8").split(/^export interface \w+Args \{$/m);
  return [...args.matchAll(/\/\*\*(.*?)\*\/\s+(\w+)\??:/gs)].flatMap(([, comment = "", property = ""]) =>
    SAYS_SO.test(comment) ? [property] : [],
  );
}

describe("what replaces a resource", () => {
  test.each(Object.keys(TRANSLATIONS))("is at least what the provider says: %s", (type) => {
    for (const property of documented(type)) expect(forcesReplacement(type, property), property).toBe(true);
  });

  // Its comments say so of few types, and of none of ours yet.
  test("is found where the provider says so", () => {
    expect(documented("aws:cloudfront/trustStore:TrustStore")).toContain("name");
  });

  test.each<[string, string, boolean]>([
    ["aws:lambda/function:Function", "name", true],
    ["aws:lambda/function:Function", "packageType", true],
    ["aws:lambda/function:Function", "memorySize", false],
    ["aws:lambda/function:Function", "s3Key", false],
    ["aws:iam/role:Role", "name", true],
    ["aws:iam/role:Role", "inlinePolicies", false],
    ["aws:cloudwatch/logGroup:LogGroup", "name", true],
    ["aws:cloudwatch/logGroup:LogGroup", "retentionInDays", false],
    ["aws:apigatewayv2/route:Route", "apiId", true],
    ["aws:apigatewayv2/route:Route", "routeKey", false],
    ["aws:apigatewayv2/integration:Integration", "integrationUri", false],
    ["aws:dynamodb/table:Table", "hashKey", true],
    ["aws:dynamodb/table:Table", "billingMode", false],
    ["aws:s3/bucket:Bucket", "bucket", true],
    ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "blockPublicAcls", false],
    ["aws:cloudfront/distribution:Distribution", "comment", false],
    ["aws:sns/topicSubscription:TopicSubscription", "endpoint", true],
    ["random:index/randomBytes:RandomBytes", "length", true],
    ["command:local:Command", "triggers", true],
    ["command:local:Command", "create", false],
  ])("%s: %s %s", (type, property, replaces) => {
    expect(forcesReplacement(type, property)).toBe(replaces);
  });

  test("loses data, where the type holds some", () => {
    const types = Object.keys(TRANSLATIONS).filter(holdsData);
    expect(types).toEqual(
      expect.arrayContaining([
        "aws:cloudwatch/logGroup:LogGroup",
        "aws:dynamodb/table:Table",
        "aws:s3/bucket:Bucket",
        "aws:sqs/queue:Queue",
      ]),
    );
    expect(types).not.toContain("aws:lambda/function:Function");
    expect(types).not.toContain("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
  });
});
