import { describe, expect, test } from "vitest";
import type { Extra } from "./extra.ts";
import { allow, policy } from "./policy.ts";
import { pipelineRole } from "./role.ts";
import { type RoleName, scopeOf } from "./scope.ts";
import { callsFor, callsOfBootstrap, callsOfSst, KINDS } from "./testing/calls.ts";
import { type Call, isAllowed } from "./testing/evaluate.ts";

const account = "123456789012";
const app = "shop";
const NONE: Extra = { deploy: [], functions: [] };
const roleOf = (name: RoleName, zone?: string) =>
  pipelineRole(scopeOf(name, { app, account, functions: ["send-mail"], zone }), "owner/shop", NONE);
const roles = { prod: roleOf("prod", "Z1"), preview: roleOf("preview") };

/** By the kind: the name of what SST has made of it in a stage. */
const named = (kind: string, stage: string) => {
  if (/logGroup|logMetricFilter/.test(kind)) return `/aws/lambda/shop-${stage}-SendMailFunction-abcdefgh`;
  if (/dashboard/.test(kind)) return `shop-${stage}`;
  if (/ssm/.test(kind)) return `/shop/${stage}/release`;
  return `shop-${stage}-Name-abcdefgh`;
};
const DOMAIN = /acm|route53|domainName|apiMapping|HostedZone/;

function callsOf(stage: string, kinds = Object.keys(KINDS)): Call[] {
  const boundary = (stage === "prod" ? roles.prod : roles.preview).boundary.arn;
  const where = { account, region: "eu-central-1", boundary, zone: "Z1" };
  return kinds.flatMap((type) => callsFor({ type, id: named(type, stage), inputs: {} }, where));
}

const denied = (calls: readonly Call[], name: RoleName) =>
  calls.filter((call) => !isAllowed(call, [roles[name].policy]));
const allowed = (calls: readonly Call[], name: RoleName) =>
  calls.filter((call) => isAllowed(call, [roles[name].policy]));

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
    const kinds = Object.keys(KINDS).filter((type) => !DOMAIN.test(type));
    const calls = [...callsOf("pr-12", kinds), ...callsOfSst("pr-12", { app, account })];
    expect(denied(calls, "preview")).toEqual([]);
  });

  test.each(["prod", "preview"] as const)("and each statement is needed by a call: %s", (name) => {
    const stage = name === "prod" ? "prod" : "pr-12";
    const kinds = Object.keys(KINDS).filter((type) => name === "prod" || !DOMAIN.test(type));
    const calls = [
      ...callsOf(stage, kinds),
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

  test("prod without a domain may not change any zone", () => {
    const { policy } = roleOf("prod");
    const domain = callsOf(
      "prod",
      Object.keys(KINDS).filter((type) => DOMAIN.test(type)),
    );
    expect(domain.filter((call) => isAllowed(call, [policy]))).toEqual([]);
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
    const kinds = Object.keys(KINDS).filter((type) => !/apigateway|cloudfront|sst\.aws|Objectv2/.test(type));
    const shared = [
      "logs:DescribeLogGroups",
      "cloudwatch:DescribeAlarms",
      "s3:GetObject",
      "s3:GetObjectVersion",
    ];
    const calls = callsOf("prod", kinds).filter(({ action }) => !shared.includes(action));
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

describe("neither role can give rights to itself or to anybody", () => {
  const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  const on = (resource: string, ...actions: string[]) =>
    actions.map((action): Call => ({ action: `iam:${action}`, resource }));
  const WIDENING = ["CreateRole", "PutRolePolicy", "AttachRolePolicy", "PutRolePermissionsBoundary"];

  describe.each(["prod", "preview"] as const)("%s", (name) => {
    const { arn, boundary } = roles[name];
    const own = role(
      name === "prod" ? "shop-prod-SendMailRole-abcdefgh" : "shop-pr-12-SendMailRole-abcdefgh",
    );
    const withBoundary = (calls: Call[], value: string) =>
      calls.map((call): Call => ({ ...call, context: { "iam:PermissionsBoundary": value } }));

    test.each<[string, Call[]]>([
      ["its own role", on(arn, ...WIDENING, "UpdateAssumeRolePolicy", "DeleteRole", "PassRole", "TagRole")],
      [
        "the other's",
        on(
          roles[name === "prod" ? "preview" : "prod"].arn,
          ...WIDENING,
          "UpdateAssumeRolePolicy",
          "PassRole",
        ),
      ],
      [
        "the boundary",
        on(
          boundary.arn,
          "CreatePolicyVersion",
          "SetDefaultPolicyVersion",
          "DeletePolicyVersion",
          "DeletePolicy",
        ),
      ],
      ["a role without the boundary", on(own, ...WIDENING)],
      [
        "a role with another boundary",
        withBoundary(on(own, ...WIDENING), "arn:aws:iam::aws:policy/AdministratorAccess"),
      ],
      ["the boundary of a role", on(own, "DeleteRolePermissionsBoundary")],
      [
        "the boundary of a role, though it has it",
        withBoundary(on(own, "DeleteRolePermissionsBoundary"), boundary.arn),
      ],
      [
        "somebody else's role, though within the boundary",
        withBoundary(on(role("admin"), ...WIDENING, "UpdateAssumeRolePolicy", "PassRole"), boundary.arn),
      ],
      [
        "users and groups",
        on(`arn:aws:iam::${account}:user/eve`, "CreateUser", "PutUserPolicy", "CreateAccessKey"),
      ],
      [
        "who GitHub is",
        on(
          `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
          "UpdateOpenIDConnectProviderThumbprint",
          "DeleteOpenIDConnectProvider",
        ),
      ],
      ["another role by taking it", [{ action: "sts:AssumeRole", resource: role("admin") }]],
      [
        "a role to another service",
        [{ action: "iam:PassRole", resource: own, context: { "iam:PassedToService": "ec2.amazonaws.com" } }],
      ],
    ])("not %s", (_, calls) => {
      expect(allowed(calls, name)).toEqual([]);
    });

    test("not even where infra/policies.ts allows everything", () => {
      const all = {
        deploy: [allow("*", ["*"], "*")].map((each) => ({ ...each, Action: "*" })),
        functions: [],
      };
      const widest = pipelineRole(scopeOf(name, { app, account, functions: [] }), "owner/shop", all).policy;
      const calls = [
        ...on(arn, ...WIDENING, "UpdateAssumeRolePolicy"),
        ...on(boundary.arn, "CreatePolicyVersion"),
        ...on(own, ...WIDENING, "DeleteRolePermissionsBoundary"),
      ];
      expect(calls.filter((call) => isAllowed(call, [widest]))).toEqual([]);
    });
  });

  test("a preview cannot change SST's buckets, whose policy could open prod's state", () => {
    expect(allowed(callsOfBootstrap({ account }), "preview").map(({ action }) => action)).toEqual([
      "ecr:DescribeRepositories",
    ]);
  });

  test("another name's roles are another's: shop-production, and shop's own without a stage", () => {
    const reading = ["shop-production-Role", "shop-Role", "myshop-prod-Role"].flatMap((each) =>
      on(role(each), "GetRole"),
    );
    expect(allowed(reading, "prod")).toEqual([]);
  });
});

describe("a preview's function, even with a role that allows everything,", () => {
  const ALL = policy([{ Effect: "Allow", Action: "*", Resource: "*" }]);
  const may = (action: string, resource: string) =>
    isAllowed({ action, resource }, [ALL], roles.preview.boundary.policy);

  test.each([
    ["s3:GetObject", "arn:aws:s3:::sst-state-abc/app/shop/prod.json"],
    ["s3:GetObject", "arn:aws:s3:::sst-state-abc/app/shop/pr-12.json"],
    ["ssm:GetParameter", `arn:aws:ssm:eu-central-1:${account}:parameter/sst/passphrase/shop/prod`],
    ["ssm:GetParameter", `arn:aws:ssm:eu-central-1:${account}:parameter/shop/prod/release`],
    ["dynamodb:Scan", `arn:aws:dynamodb:eu-central-1:${account}:table/shop-prod-Notes-abcdefgh`],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:eu-central-1:${account}:function:shop-pr-12-Name`],
    ["lambda:InvokeFunction", `arn:aws:lambda:eu-central-1:${account}:function:shop-prod-Name`],
    [
      "logs:PutLogEvents",
      `arn:aws:logs:eu-central-1:${account}:log-group:/aws/lambda/shop-prod-Name:log-stream:a`,
    ],
    ["iam:CreateUser", `arn:aws:iam::${account}:user/eve`],
    ["iam:PassRole", `arn:aws:iam::${account}:role/shop-pr-12-Role`],
    ["sts:AssumeRole", `arn:aws:iam::${account}:role/admin`],
    ["apigateway:PATCH", "arn:aws:apigateway:eu-central-1::/apis/abc"],
  ])("may not %s %s", (action, resource) => {
    expect(may(action, resource)).toBe(false);
  });

  test.each([
    [
      "logs:PutLogEvents",
      `arn:aws:logs:eu-central-1:${account}:log-group:/aws/lambda/shop-pr-12-Name:log-stream:a`,
    ],
    ["xray:PutTraceSegments", "*"],
    ["dynamodb:PutItem", `arn:aws:dynamodb:eu-central-1:${account}:table/shop-pr-12-Notes-abcdefgh`],
    ["sqs:SendMessage", `arn:aws:sqs:eu-central-1:${account}:shop-pr-12-Mails-abcdefgh`],
  ])("may %s %s", (action, resource) => {
    expect(may(action, resource)).toBe(true);
  });
});

describe("GitHub's workflows take a role", () => {
  test.each(["prod", "preview"] as const)("only of the repository, and in the environment %s", (name) => {
    const issuer = "token.actions.githubusercontent.com";
    expect(roles[name].trust).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
          Condition: {
            StringEquals: {
              [`${issuer}:aud`]: "sts.amazonaws.com",
              [`${issuer}:sub`]: `repo:owner/shop:environment:${name}`,
            },
          },
        },
      ],
    });
  });
});

describe("the policies fit", () => {
  // The longest that npm takes would be 214; SST's names have room for no more than this.
  const longest = { app: "a".repeat(37), account, functions: ["send-mail"], zone: `Z${"0".repeat(31)}` };

  test.each(["prod", "preview"] as const)("for the longest names: %s", (name) => {
    const scope = scopeOf(name, longest);
    const role = pipelineRole(scope, `${"o".repeat(39)}/${"r".repeat(100)}`, NONE);
    expect(JSON.stringify(role.policy).length).toBeLessThanOrEqual(10_240);
    expect(JSON.stringify(role.boundary.policy).length).toBeLessThanOrEqual(6_144);
    expect(JSON.stringify(role.trust).length).toBeLessThanOrEqual(2_048);
    expect(role.name.length).toBeLessThanOrEqual(64);
  });

  test("or it is said before AWS says it", () => {
    const many = Array.from({ length: 150 }, (_, index) =>
      allow("ses", ["SendEmail"], `arn:aws:ses:*:*:identity/${index}`),
    );
    const scope = scopeOf("prod", { app, account, functions: [] });
    expect(() => pipelineRole(scope, "o/r", { deploy: [], functions: many })).toThrow(
      /managed policy would have \d+/,
    );
    expect(() => pipelineRole(scope, "o/r", { deploy: many, functions: [] })).toThrow(
      /policies of a role would have/,
    );
  });
});

describe("where SST shortens the application's name in a role's", () => {
  const long = { app: "company-web-shop", account, functions: ["hello", "send-order-confirmation-mail"] };

  test("the policies have what is left of it", () => {
    expect(scopeOf("preview", { ...long, functions: ["hello"] }).prefix).toBe("company-web-shop-pr-");
    // SST has 55 letters: company-web-shop-pr-1234567-SendOrderConfirmationMailFunction would be 61.
    expect(scopeOf("preview", long).prefix).toBe("company-we*-pr-");
    expect(scopeOf("prod", long).prefix).toBe("company-web-shop-prod-");
  });

  test("a function whose name leaves nothing of it is refused", () => {
    const functions = ["send-an-order-confirmation-mail-to-each-customer"];
    expect(() => scopeOf("prod", { ...long, functions })).toThrow(
      /^The function send-an-order-confirmation-mail-to-each-customer has so long a name .* use \d+ letters less\.$/,
    );
  });
});
