import type { Scope } from "../scope.ts";
import type { Call } from "./evaluate.ts";
import { KINDS, type Where } from "./kinds.ts";

/** A resource of Pulumi's state. */
type Resource = {
  readonly type: string;
  readonly id?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
};

/** What is called for that resource in its life. Throws for a kind that it does not know: add its calls, from facts. */
export function callsFor(resource: Resource, where: Where): Call[] {
  const kind = resource.type === "pulumi-nodejs:dynamic:Resource" ? dynamicKind(resource) : resource.type;
  const calls = KINDS[kind];
  if (calls === undefined)
    throw new Error(
      `What is called for ${kind}? Write it into toolkit/deploy/src/policies/testing/kinds.ts.`,
    );
  const name = nameOf(resource);
  return calls(where.nameOf?.(name) ?? name, where).flatMap(([service, actions, at, context]) =>
    actions
      .split(" ")
      .map((action) => ({ action: `${service}:${action}`, resource: at, ...(context && { context }) })),
  );
}

/** What SST calls by itself for a stage, once AWS has its buckets. */
export function callsOfSst(stage: string, { app, account }: Pick<Scope, "app" | "account">): Call[] {
  const objects = ["app", "lock", "secret"].map((kind) => `${kind}/${app}/${stage}.json`);
  const history = ["update", "summary", "eventlog", "snapshot"].map(
    (kind) => `${kind}/${app}/${stage}/1a2b.json`,
  );
  const parameter = (name: string) => `arn:aws:ssm:eu-central-1:${account}:parameter${name}`;
  return [
    { action: "ssm:GetParameter", resource: parameter("/sst/bootstrap") },
    { action: "ssm:GetParameter", resource: parameter("/sst/bootstrap/asset") },
    ...["Get", "Put", "Delete"].map((verb) => ({
      action: `ssm:${verb}Parameter`,
      resource: parameter(`/sst/passphrase/${app}/${stage}`),
    })),
    { action: "ssm:GetParameter", resource: parameter(`/sst/passphrase/${app}/_fallback`) },
    { action: "s3:ListBucket", resource: "arn:aws:s3:::sst-state-abc" },
    { action: "s3:ListBucketVersions", resource: "arn:aws:s3:::sst-state-abc" },
    { action: "s3:GetObject", resource: `arn:aws:s3:::sst-state-abc/secret/${app}/_fallback.json` },
    ...[...objects, ...history].flatMap((key) =>
      ["GetObject", "PutObject", "DeleteObject", "DeleteObjectVersion"].map((verb) => ({
        action: `s3:${verb}`,
        resource: `arn:aws:s3:::sst-state-abc/${key}`,
      })),
    ),
  ];
}

/** What SST calls once in an account and region. */
export function callsOfBootstrap({ account }: Pick<Scope, "account">): Call[] {
  return [
    ...["state", "asset"].flatMap((kind) =>
      ["CreateBucket", "PutBucketNotification", "PutBucketPolicy", "PutBucketVersioning"].map((verb) => ({
        action: `s3:${verb}`,
        resource: `arn:aws:s3:::sst-${kind}-abc`,
      })),
    ),
    { action: "ssm:PutParameter", resource: `arn:aws:ssm:eu-central-1:${account}:parameter/sst/bootstrap` },
    ...["CreateRepository", "DescribeRepositories"].map((verb) => ({
      action: `ecr:${verb}`,
      resource: `arn:aws:ecr:eu-central-1:${account}:repository/sst-asset`,
    })),
  ];
}

/** SST's own providers: the name ends in what it is. */
function dynamicKind({ id = "", inputs }: Resource): string {
  return /sst\.aws\.\w+/.exec(`${id} ${JSON.stringify(inputs)}`)?.[0] ?? id;
}

/** That of the resource, or of what it belongs to. */
function nameOf({ id = "", inputs }: Resource): string {
  const {
    name,
    dashboardName,
    functionName,
    function: owner,
    logGroupName,
    topic,
    bucket,
    bucketName,
  } = inputs;
  const found = [functionName, owner, logGroupName, topic, bucketName, bucket, name, dashboardName, id].find(
    (each) => typeof each === "string" && each !== "",
  );
  return String(found).replace(/^arn:aws:[^:]+:[^:]*:\d*:(?:function:)?/, "");
}
