import { describe, expect, test } from "vitest";
import { policy } from "./policy.ts";
import { callsOfBootstrap, callsOfSst } from "./testing/calls.ts";
import { type Call, isAllowed } from "./testing/evaluate.ts";
import { account, allowed, app, callsOf, denied, isOfDomain, kinds, roleOf, roles } from "./testing/shop.ts";

describe("what is needed is allowed", () => {
  test("prod: a deploy, an update, a remove, a domain, and SST's buckets", () => {
    const calls = [
      ...callsOf("prod"),
      ...callsOfSst("prod", { app, account }),
      ...callsOfBootstrap({ account }),
    ];
    expect(denied(calls, "prod")).toEqual([]);
  });

  test("a preview: a deploy, an update and a remove", () => {
    const those = kinds.filter((kind) => !isOfDomain(kind));
    const calls = [...callsOf("pr-12", those), ...callsOfSst("pr-12", { app, account })];
    expect(denied(calls, "preview")).toEqual([]);
  });

  test("prod: the pipeline's own, to note what it has released, watch its alarms and see who has the lock", () => {
    const parameter = `arn:aws:ssm:eu-central-1:${account}:parameter/shop/prod/deployed`;
    const calls = [
      { action: "ssm:GetParameter", resource: parameter },
      { action: "ssm:PutParameter", resource: parameter },
      { action: "cloudwatch:DescribeAlarms", resource: "*" },
      { action: "s3:GetObject", resource: "arn:aws:s3:::sst-state-abc/lock/shop/prod.json" },
    ];
    expect(denied(calls, "prod")).toEqual([]);
  });

  test.each(["prod", "preview"] as const)("and each statement is needed by a call: %s", (name) => {
    const stage = name === "prod" ? "prod" : "pr-12";
    const those = kinds.filter((kind) => name === "prod" || !isOfDomain(kind));
    const calls = [
      ...callsOf(stage, those),
      ...callsOfSst(stage, { app, account }),
      ...callsOfBootstrap({ account }),
    ].filter((call) => isAllowed(call, [roles[name].policy]));
    const { Statement } = roles[name].policy;
    const idle = Statement.filter(({ Effect }) => Effect === "Allow").filter((each) => {
      const others = policy(Statement.filter((other) => other !== each));
      return calls.every((call) => isAllowed(call, [others]));
    });
    expect(idle).toEqual([]);
  });

  test("prod without a zone may have a domain, and change no zone", () => {
    const may = (call: Call) => isAllowed(call, [roleOf("prod").policy]);
    const elsewhere = kinds.filter((kind) => /domainName|apiMapping/.test(kind));
    expect(callsOf("prod", elsewhere).filter((call) => !may(call))).toEqual([]);
    const changing = callsOf("prod", kinds.filter(isOfDomain)).filter(({ action }) =>
      /^route53:|^acm:(?!Describe)/.test(action),
    );
    expect(changing.length).toBeGreaterThan(5);
    expect(changing.filter(may)).toEqual([]);
  });
});

describe("what of prod is known by its name, a preview cannot touch", () => {
  test("state, secrets, passphrase and lock", () => {
    const its = callsOfSst("prod", { app, account }).filter(({ resource }) => resource.includes("prod"));
    expect(its.length).toBeGreaterThan(20);
    expect(allowed(its, "preview")).toEqual([]);
  });

  test("nor prod what is a preview's", () => {
    const its = callsOfSst("pr-12", { app, account }).filter(({ resource }) => resource.includes("pr-12"));
    expect(allowed(its, "prod")).toEqual([]);
  });

  test("functions, logs, roles, alarms, topics, buckets, the marker of a release, and what a domain is", () => {
    const those = kinds.filter((kind) => !/apigateway|cloudfront|sst\.aws|Objectv2/.test(kind));
    const shared = [
      "logs:DescribeLogGroups",
      "cloudwatch:DescribeAlarms",
      "ssm:DescribeParameters",
      "s3:GetObject",
      "s3:GetObjectVersion",
    ];
    const calls = callsOf("prod", those).filter(({ action }) => !shared.includes(action));
    expect(allowed(calls, "preview")).toEqual([]);
  });
});

describe("what a preview can do to prod, as SST and AWS give no way to tell them apart (infra/github-oidc.md):", () => {
  test("list the names of objects in SST's bucket: S3 says to nobody else that one is missing", () => {
    const list = { action: "s3:ListBucket", resource: "arn:aws:s3:::sst-state-abc" };
    expect(allowed([list], "preview")).toEqual([list]);
  });

  test("read and replace its bundle, which is in one bucket with all others", () => {
    const put = {
      action: "s3:PutObject",
      resource: "arn:aws:s3:::sst-asset-abc/assets/SendMail-code-1a2b.zip",
    };
    expect(allowed([put], "preview")).toEqual([put]);
  });

  test("change what AWS names by itself and does not tag; API, routes and distribution are tagged, and safe", () => {
    const calls = callsOf("prod")
      .filter(({ action, resource }) => /^(?:apigateway|cloudfront)/.test(action) && resource !== "*")
      .map((call) => (/apis\/|distribution\//.test(call.resource) ? tagged(call) : call));
    const kinds = allowed(calls, "preview").map(({ resource }) =>
      resource.split(":").at(-1)?.split("/").find(Boolean),
    );
    expect(new Set(kinds)).toEqual(
      new Set([
        "apis",
        "tags",
        "function",
        "key-value-store",
        "response-headers-policy",
        "origin-access-control",
      ]),
    );
    expect(
      allowed(
        calls.filter(({ context }) => context),
        "preview",
      ),
    ).toEqual([]);
    expect(calls.filter(({ context }) => context).length).toBeGreaterThan(10);
  });

  const tagged = (call: Call): Call => ({ ...call, context: { "aws:ResourceTag/sst:stage": "prod" } });
});
