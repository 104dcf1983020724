import { allow, type Statement } from "./policy.ts";
import type { Scope } from "./scope.ts";

/** What SST itself keeps: state, secrets, passphrase and lock of a stage, and bundles of all stages in one bucket. */
export function stateStatements({ account, app, stages }: Scope): Statement[] {
  const parameter = `arn:aws:ssm:*:${account}:parameter`;
  const state = "arn:aws:s3:::sst-state-*";
  return [
    allow("ssm", ["GetParameter"], `${parameter}/sst/bootstrap*`),
    allow(
      "ssm",
      ["GetParameter", "PutParameter", "DeleteParameter"],
      `${parameter}/sst/passphrase/${app}/${stages}`,
    ),
    // Of secrets that are set for all stages; whoever may read them may deploy with them.
    allow("ssm", ["GetParameter"], `${parameter}/sst/passphrase/${app}/_fallback`),
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
export function bootstrapStatements({ account }: Scope): Statement[] {
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
