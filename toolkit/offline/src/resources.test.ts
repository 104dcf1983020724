import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listFunctions } from "@lucky/application/application";
import { nameOnAws } from "@lucky/application/resources";
import { callsFor, isAllowed, type Policy, pipelineRole, scopeOf } from "@lucky/deploy/policies-testing";
import { visits } from "@lucky/fixture";
import { api } from "@lucky/fixture/visits";
import { describe, expect, onTestFinished } from "vitest";
import { serveAws } from "./aws.ts";
import { startOffline } from "./offline.ts";
import { offlineTest } from "./offline-test.ts";
import { createProject, type Project } from "./project.ts";
import { rightsOf } from "./rights.ts";
import { readState, type State } from "./state.ts";

// What contracts use, as it is deployed: an application with two tables, a secret and two settings.

const test = offlineTest(visits, {});
const TABLE = "aws:dynamodb/table:Table";
const functions = listFunctions(api, visits).map((each) => ({ ...each, resource: nameOnAws(each) }));

const log = (resource: string) => `Allow logs:CreateLogStream, logs:PutLogEvents on ${resource}LogGroup:*`;
const actions = (names: string) =>
  names
    .split(" ")
    .map((name) => `dynamodb:${name}`)
    .join(", ");
const READING = actions("BatchGetItem GetItem Query");
const WRITING = actions(
  "BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem",
);

/** All that each function may do besides its log, and the variables by which it finds what it uses. */
const OWN: Readonly<Record<string, { may: readonly string[]; variables: object }>> = {
  "count-visit": {
    may: [
      `Allow ${WRITING} on VisitsTable`,
      "Allow dynamodb:Query on VisitsTable/index/*",
      `Allow ${WRITING} on KnownPagesTable`,
    ],
    variables: {
      TABLE_VISITS: /^visits-anna-VisitsTable-/,
      TABLE_KNOWN_PAGES: /^visits-anna-KnownPagesTable-/,
    },
  },
  "list-visits": {
    may: [
      `Allow ${READING}, dynamodb:Scan on VisitsTable`,
      "Allow dynamodb:Query, dynamodb:Scan on VisitsTable/index/*",
    ],
    variables: { TABLE_VISITS: /^visits-anna-VisitsTable-/ }, // its setting has a default
  },
  "mail-visits": {
    may: [`Allow ${READING} on KnownPagesTable`, "Allow ssm:GetParameter on MailKeyParameter"],
    variables: {
      TABLE_KNOWN_PAGES: /^visits-anna-KnownPagesTable-/,
      SECRET_MAIL_KEY: /^\/visits\/anna\/secrets\/mail-key$/,
      SENDER: /^visits@test\.example\.com$/,
    },
  },
  "read-health": { may: [], variables: {} },
};

function variablesOf(state: State, resource: string): Readonly<Record<string, string>> {
  const { environment } = state.resource(`${resource}Function`).inputs;
  const { variables } = environment as { variables: Record<string, string> }; // the provider's
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith("SST_")));
}

describe("a function that uses something", () => {
  test.for(functions)("may do that, and nothing else: $name", ({ name, resource }, { anna, prod }) => {
    const may = [...(OWN[name]?.may ?? []), log(resource)];
    for (const { state } of [anna, prod]) {
      expect(rightsOf(state, resource)).toMatchObject({ may, policies: [] });
      expect(state.ofType("aws:iam/rolePolicy:RolePolicy")).toEqual([]);
    }
  });

  test.for(functions)(
    "finds that by its variables, and has no others: $name",
    ({ name, resource }, { anna }) => {
      const expected = Object.entries(OWN[name]?.variables ?? {});
      const variables = variablesOf(anna.state, resource);
      expect(Object.keys(variables).sort()).toEqual(expected.map(([name]) => name).sort());
      for (const [name, pattern] of expected) expect(variables[name]).toMatch(pattern);
    },
  );

  test("has the settings of its stage", ({ prod: { state } }) => {
    expect(variablesOf(state, "MailVisits")).toMatchObject({ SENDER: "visits@example.com" });
    expect(variablesOf(state, "ListVisits")).toMatchObject({ PAGE_SIZE: "50" });
    expect(variablesOf(state, "ReadHealth")).toEqual({ NODE_ENV: "production" });
  });

  test("knows the table, parameter and stage of its own deploy", ({ prod, anna }) => {
    for (const { state } of [prod, anna]) {
      expect(variablesOf(state, "CountVisit").TABLE_VISITS).toBe(state.resource("VisitsTable").outputs.name);
      expect(variablesOf(state, "MailVisits").SECRET_MAIL_KEY).toBe(
        state.resource("MailKeyParameter").outputs.name,
      );
    }
    expect(prod.state.resource("VisitsTable").outputs.name).not.toBe(
      anna.state.resource("VisitsTable").outputs.name,
    );
  });
});

describe("a table", () => {
  test("is as it is declared, and paid by use", ({ anna: { state } }) => {
    expect(state.resource("VisitsTable").inputs).toMatchObject({
      billingMode: "PAY_PER_REQUEST",
      hashKey: "page",
      rangeKey: "at",
      attributes: [
        { name: "page", type: "S" },
        { name: "at", type: "N" },
        { name: "day", type: "S" },
      ],
      ttl: { attributeName: "expiresAt", enabled: true },
      globalSecondaryIndexes: [
        { name: "byDay", hashKey: "day", rangeKey: "at", projectionType: "ALL" },
        { name: "onDay", hashKey: "day", projectionType: "ALL" },
      ],
      tags: { "declared-as": "visits" },
    });
    const { inputs } = state.resource("KnownPagesTable");
    expect(inputs).toMatchObject({ hashKey: "page", attributes: [{ name: "page", type: "S" }] });
    for (const absent of ["rangeKey", "ttl"]) expect(inputs).not.toHaveProperty(absent);
  });

  test("can be brought back in prod, and goes with no stage and no mistake; elsewhere it costs nothing more", ({
    prod,
    anna,
  }) => {
    for (const { inputs, retainOnDelete, protect } of prod.state.ofType(TABLE)) {
      expect(inputs).toMatchObject({
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: true,
      });
      expect({ retainOnDelete, protect }).toEqual({ retainOnDelete: true, protect: true });
    }
    for (const { inputs, retainOnDelete, protect } of anna.state.ofType(TABLE)) {
      expect(inputs).toMatchObject({
        pointInTimeRecovery: { enabled: false },
        deletionProtectionEnabled: false,
      });
      expect([retainOnDelete, protect]).toEqual([undefined, undefined]);
    }
    expect(prod.state.ofType(TABLE)).toHaveLength(2);
  });
});

describe("a secret", () => {
  const VALUE = "s3cr3t-mail-key";

  test("is missed before anything is made, with the command that sets it", async () => {
    const project = await bareProject();
    const refused = await project.sst(["deploy", "--stage", "prod"]);
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toContain(
      "  pnpm sst secret set MailKey --stage prod    # mail-key: The key of the mail service",
    );
    expect(refused.output).not.toContain("|  Created");
    expect((await readState(project, "prod", {})).ofType(TABLE)).toEqual([]);

    await project.sst(["secret", "set", "MailKey", VALUE, "--stage", "prod"]);
    const deployed = await project.sst(["deploy", "--stage", "prod"]);
    expect(deployed.exitCode, deployed.output).toBe(0);
    expect(deployed.output).not.toContain(VALUE);
    expect((await readState(project, "prod", {})).resource("MailKeyParameter").inputs).toMatchObject({
      name: "/visits/prod/secrets/mail-key",
      type: "SecureString",
      value: VALUE,
    });
    const { output } = await project.sst(["state", "export", "--stage", "prod"]);
    expect(withoutSecrets(JSON.parse(output))).not.toContain(VALUE);
  });

  test("may be set once for all stages that have none of their own", async () => {
    const project = await bareProject();
    await project.sst(["secret", "set", "MailKey", "for-all", "--fallback", "--stage", "pr-1"]);
    const { exitCode, output } = await project.sst(["deploy", "--stage", "pr-1"]);
    expect(exitCode, output).toBe(0);
    expect((await readState(project, "pr-1", {})).resource("MailKeyParameter").inputs.value).toBe("for-all");
  });

  test("is empty where nothing was given for it, and so missing", async () => {
    const project = await bareProject();
    await project.sst(["secret", "set", "MailKey", "--stage", "prod"]); // no terminal: it reads nothing
    const { exitCode, output } = await project.sst(["deploy", "--stage", "prod"]);
    expect(exitCode).toBe(1);
    expect(output).toContain("The stage prod lacks a secret.");
  });
});

describe("a setting", () => {
  test.for([
    [
      "that is missing",
      'SENDER: "visits@example.com",',
      "",
      "The setting sender (Who mails are from) has no value on the stage prod",
    ],
    [
      "of a wrong value",
      "visits@example.com",
      "me",
      "The setting sender is wrong on the stage prod, by SENDER in infra/environment.ts",
    ],
    [
      "that nobody uses",
      'PAGE_SIZE: "50"',
      'PAGES: "50"',
      "infra/environment.ts gives PAGES on the stage prod",
    ],
  ] as const)(
    "%s is refused before anything is made",
    async ([, from, to, sentence], { offline: { project } }) => {
      await edit(project, "infra/environment.ts", from, to, async () => {
        const { exitCode, output } = await project.sst(["deploy", "--stage", "prod"]);
        expect(exitCode).toBe(1);
        expect(output).toContain(sentence);
        expect(output).not.toMatch(/\|\s+(?:Created|Updated|Deleted)/);
      });
    },
  );
});

describe("a table of prod", () => {
  const RESOURCES = "packages/contracts/src/resources.ts";

  test("with another key is refused before anything is changed, and says how to move", async ({
    offline: { project },
    prod: _,
  }) => {
    await edit(
      project,
      RESOURCES,
      'key: { partition: "page", sort: "at" }',
      'key: { partition: "day", sort: "at" }',
      async () => {
        const { output } = await refused(project, ["deploy", "--stage", "prod"]);
        expect(output).toContain(
          "The table visits has the key page (S), at (N) on the stage prod, and is declared with day (S), at (N) now.",
        );
        expect(output).toContain("Declare a second table with the new key");
        expect((await readState(project, "prod", {})).resource("VisitsTable").inputs).toMatchObject({
          hashKey: "page",
        });
      },
    );
  });

  test("under another name, or used no more, is refused, and stays", async ({
    offline: { project },
    prod,
  }) => {
    await edit(project, RESOURCES, 'table("known-pages"', 'table("pages"', async () => {
      const { output } = await refused(project, ["deploy", "--stage", "prod"]);
      expect(output).toContain("The stage prod has the table known-pages, and no contract uses it any more");
      expect(output).toContain("pnpm sst state remove KnownPagesTable --stage prod");
      const { outputs } = (await readState(project, "prod", {})).resource("KnownPagesTable");
      expect(outputs).toEqual(prod.state.resource("KnownPagesTable").outputs);
    });
  });

  test("is protected by the engine too, where what is deployed is not known", async ({
    offline: { project },
    prod: _,
  }) => {
    await edit(project, "infra/functions.ts", "keepsData: isProd", "keepsData: false", async () => {
      await edit(
        project,
        RESOURCES,
        'key: { partition: "page", sort: "at" }',
        'key: { partition: "day", sort: "at" }',
        async () => {
          const { output } = await refused(project, ["deploy", "--stage", "prod"]);
          expect(output).toContain("unable to replace resource");
        },
      );
    });
  });

  test("may have more indexes, and is changed in its place", async ({ offline: { project }, prod: _ }) => {
    await edit(
      project,
      RESOURCES,
      'onDay: { partition: "day" }',
      'byTime: { partition: "day", sort: "expiresAt" }',
      async () => {
        await edit(project, RESOURCES, 'numbers: ["at"]', 'numbers: ["at", "expiresAt"]', async () => {
          const { steps, exitCode, output } = await project.diff("prod");
          expect(exitCode, output).toBe(0);
          expect(steps.find(({ name }) => name === "VisitsTable")).toMatchObject({
            op: "update",
            replacing: [],
            losesData: false,
          });
        });
      },
    );
  });

  test("is let go of by hand, and a new one takes its name", async () => {
    const { project, close, deploy } = await startOffline(visits);
    onTestFinished(close);
    const before = (await deploy("prod")).state.resource("KnownPagesTable").outputs.name;
    await edit(project, RESOURCES, 'table("known-pages"', 'table("pages"', async () => {
      await refused(project, ["deploy", "--stage", "prod"]);
      const removed = await project.sst(["state", "remove", "KnownPagesTable", "--stage", "prod"], {}, "y\n");
      expect(removed.exitCode, removed.output).toBe(0);
      const deployed = await project.sst(["deploy", "--stage", "prod"]);
      expect(deployed.exitCode, deployed.output).toBe(0);
      const names = (await readState(project, "prod", {})).ofType(TABLE).map(({ outputs }) => outputs.name);
      expect(names).toHaveLength(2);
      expect(names).not.toContain(before);
    });
  });
});

test("a table elsewhere goes with its data when its key changes, and the plan says so", async ({
  offline: { project },
  anna: _,
}) => {
  await edit(
    project,
    "packages/contracts/src/resources.ts",
    'key: { partition: "page", sort: "at" }',
    'key: { partition: "day", sort: "at" }',
    async () => {
      const { steps } = await project.diff("anna");
      expect(steps.find(({ name }) => name === "VisitsTable")).toMatchObject({
        op: "replace",
        replacing: ["hashKey"],
        losesData: true,
      });
    },
  );
});

test("a second deploy changes nothing", async ({ offline: { project }, prod: _ }) => {
  const { steps, exitCode, output } = await project.diff("prod");
  expect(exitCode, output).toBe(0);
  expect(steps.filter(({ op, type }) => op !== "same" && !type.startsWith("sst:"))).toEqual([]);
});

describe.each(["prod", "preview"] as const)("the pipeline's role of %s", (name) => {
  const account = "123456789012";
  const scope = scopeOf(name, { app: "visits", account, functions: functions.map(({ name }) => name) });
  const { policy, boundary } = pipelineRole(scope, "owner/name", { deploy: [], functions: [] });
  const stage = name === "prod" ? "prod" : "pr-1234567";

  test("may make, change and remove tables and parameters, and its functions may use them", async ({
    offline,
  }) => {
    const { state } = await offline.deploy(stage, { PERMISSIONS_BOUNDARY: boundary.arn });
    const where = { account, region: "eu-central-1", boundary: boundary.arn, zone: "Z1" };
    const made = state.all.filter(({ type }) => /dynamodb|ssm/.test(type));
    expect(made).toHaveLength(3);
    const calls = made.flatMap((resource) => callsFor(resource, where));
    expect(calls.filter((call) => !isAllowed(call, [policy]))).toEqual([]);

    for (const { resource } of functions) {
      const inline = state.resource(`${resource}Role`).inputs.inlinePolicies as readonly { policy: string }[]; // the provider's
      const policies: Policy[] = inline.map(({ policy }) => JSON.parse(policy));
      for (const { Action, Resource } of policies.flatMap(({ Statement }) => Statement))
        for (const action of [Action].flat())
          for (const at of [Resource].flat())
            expect(isAllowed({ action, resource: at }, policies, boundary.policy), `${action} ${at}`).toBe(
              true,
            );
    }
  });
});

/** With no secret that is made up. */
async function bareProject(): Promise<Project> {
  const aws = await serveAws();
  const project = createProject(aws.url, visits);
  onTestFinished(async () => {
    project.remove();
    await aws.close();
  });
  return project;
}

async function refused(project: Project, words: readonly string[]) {
  const result = await project.sst(words);
  expect(result.exitCode).toBe(1);
  return result;
}

async function edit(
  { root }: Project,
  name: string,
  from: string,
  to: string,
  act: () => Promise<void>,
): Promise<void> {
  const file = join(root, name);
  const source = readFileSync(file, "utf8");
  expect(source).toContain(from);
  writeFileSync(file, source.replace(from, to));
  await act().finally(() => writeFileSync(file, source));
}

/** Of a state: all but what is marked as a secret, which a passphrase encrypts where the engine is real. */
function withoutSecrets(state: unknown): string {
  return JSON.stringify(state, (_, value) => (value?.plaintext === undefined ? value : "a secret"));
}
