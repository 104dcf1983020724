import type { Extra } from "../extra.ts";
import { pipelineRole } from "../role.ts";
import { type RoleName, scopeOf } from "../scope.ts";
import { callsFor } from "./calls.ts";
import { type Call, isAllowed } from "./evaluate.ts";
import { KINDS } from "./kinds.ts";

// The pipeline's roles of an application called shop, and what they may do.

export const account = "123456789012";
export const app = "shop";
export const NONE: Extra = { deploy: [], functions: [] };

export const roleOf = (name: RoleName, zone?: string) =>
  pipelineRole(scopeOf(name, { app, account, functions: ["send-mail"], zone }), "owner/shop", NONE);
export const roles = { prod: roleOf("prod", "Z1"), preview: roleOf("preview") };

/** All kinds of resources, and those that only a domain needs. */
export const kinds = Object.keys(KINDS);
export const isOfDomain = (kind: string) => /acm|route53|domainName|apiMapping|HostedZone/.test(kind);

/** What is called for resources of those kinds in a stage. */
export function callsOf(stage: string, those: readonly string[] = kinds): Call[] {
  const boundary = (stage === "prod" ? roles.prod : roles.preview).boundary.arn;
  const where = { account, region: "eu-central-1", boundary, zone: "Z1" };
  return those.flatMap((type) => callsFor({ type, id: nameIn(stage, type), inputs: {} }, where));
}

/** As SST and this room name what is made. */
function nameIn(stage: string, kind: string): string {
  if (/logGroup|logMetricFilter/.test(kind)) return `/aws/lambda/shop-${stage}-SendMailFunction-abcdefgh`;
  if (/dashboard/.test(kind)) return `shop-${stage}`;
  if (/ssm/.test(kind)) return `/shop/${stage}/deployed`;
  return `shop-${stage}-Name-abcdefgh`;
}

export const denied = (calls: readonly Call[], name: RoleName) =>
  calls.filter((call) => !isAllowed(call, [roles[name].policy]));
export const allowed = (calls: readonly Call[], name: RoleName) =>
  calls.filter((call) => isAllowed(call, [roles[name].policy]));
