import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fixture } from "@lucky/fixture";
import { describe, expect } from "vitest";
import { offlineTest } from "./offline-test.ts";
import type { Diff, Project } from "./project.ts";
import { readState } from "./state.ts";
import type { EngineStep } from "./steps.ts";
import { WATCHED } from "./testing.ts";

// A deploy of prod, and what each kind of change of it would do. SST builds the page each time, whatever has changed.

const ALWAYS = ["SiteBuilder"];

type Edit = readonly [file: string, change: (source: string) => string];

const test = offlineTest(fixture, WATCHED).extend(
  "edited",
  { scope: "worker" },
  ({ offline: { project }, prod: _ }) => {
    /** What a deploy of prod would do with files that are otherwise; they are as they were then. */
    return async (edits: readonly Edit[], environment: NodeJS.ProcessEnv = {}): Promise<Diff> => {
      const sources = edits.map(
        ([file]) => [join(project.root, file), readFileSync(join(project.root, file), "utf8")] as const,
      );
      for (const [index, [, change]] of edits.entries()) {
        const [path = "", source = ""] = sources[index] ?? [];
        const changed = change(source);
        expect(changed, path).not.toBe(source);
        writeFileSync(path, changed);
      }
      try {
        return await project.diff("prod", { ...WATCHED, ...environment });
      } finally {
        for (const [path, source] of sources) writeFileSync(path, source);
      }
    };
  },
);

/** What is done, without components and what stays. */
function doneOf({ steps }: Diff): readonly string[] {
  return steps
    .filter(({ op, type, name }) => op !== "same" && !type.startsWith("sst:") && !ALWAYS.includes(name))
    .map(({ op, name, changed }) => [op, name, ...changed].join(" "));
}

const find = ({ steps }: Diff, name: string): EngineStep | undefined =>
  steps.find((step) => step.name === name);
const replace = (from: string, to: string) => (source: string) => source.replaceAll(from, to);

describe("a deploy after another", () => {
  test("changes nothing where nothing has changed, and all keep their names", async ({
    offline: { project },
    prod,
  }) => {
    const { exitCode, output } = await project.sst(["deploy", "--stage", "prod"], WATCHED);
    expect(exitCode, output).toBe(0);
    const done = output.split("\n").filter((line) => /^\|\s+(?:Created|Updated|Deleted)/.test(line));
    expect(done.filter((line) => !ALWAYS.some((name) => line.includes(name)))).toEqual([]);
    const state = await readState(project, "prod", WATCHED);
    const idsOf = ({ all }: typeof state) =>
      Object.fromEntries(
        all.filter(({ type }) => !type.startsWith("command:")).map(({ urn, id }) => [urn, id]),
      );
    expect(idsOf(state)).toEqual(idsOf(prod.state));
  });

  test("updates a function in its place, where its code or its limits change", async ({ edited }) => {
    const diff = await edited([
      ["functions/greet/src/handler.ts", (source) => `${source}\nconsole.debug("changed");\n`],
      [
        "functions/greet/package.json",
        replace('"private": true', '"private": true, "lambda": { "memoryMegabytes": 512 }'),
      ],
    ]);
    expect(find(diff, "GreetFunction")).toMatchObject({
      op: "update",
      replacing: [],
      changed: expect.arrayContaining(["memorySize", "s3Key"]),
    });
    expect(find(diff, "GreetRole")?.op).toBe("same");
    expect(diff.steps.filter(({ losesData }) => losesData)).toEqual([]);
    expect(diff.output).toContain("*  Greet sst:aws:Function → GreetFunction aws:lambda:Function");
  });

  test("moves a route whose parameter is renamed, with no second one beside it", async ({ edited }) => {
    const diff = await edited([
      [
        "packages/contracts/src/read-order.ts",
        (source) =>
          source.replace("{id}", "{order}").replace('params: { id: "7" }', 'params: { order: "7" }'),
      ],
    ]);
    expect(diff.exitCode, diff.output).toBe(0);
    expect(doneOf(diff).filter((line) => line.includes("Route") && !line.includes("Sourcemap"))).toEqual([
      expect.stringMatching(/^update ApiRoute\w+Route routeKey$/),
    ]);
  });

  test("keeps the log of a function that is renamed", async ({ offline: { project }, edited }) => {
    const folder = (name: string) => join(project.root, "functions", name);
    renameSync(folder("greet"), folder("welcome"));
    const diff = await edited([
      ["packages/contracts/src/index.ts", replace("  greet,", "  welcome: greet,")],
    ]).finally(() => renameSync(folder("welcome"), folder("greet")));
    expect(diff.exitCode, diff.output).toBe(0);
    expect(find(diff, "GreetFunction")?.op).toBe("delete");
    expect(find(diff, "WelcomeFunction")?.op).toBe("create");
    expect(find(diff, "GreetLogGroup")).toMatchObject({
      op: "delete",
      losesData: false,
      old: { retainOnDelete: true },
    });
  });

  test("deletes nothing that holds data, when its function goes", async ({
    offline: { project },
    edited,
  }) => {
    const diff = await edited([["packages/contracts/src/index.ts", replace("  greet,\n", "")]]);
    expect(find(diff, "GreetFunction")?.op).toBe("delete");
    expect(diff.steps.filter(({ losesData }) => losesData)).toEqual([]);
    expect(project.root).toBeDefined();
  });
});

describe("what holds data", () => {
  const TABLE = `new aws.dynamodb.Table("Notes", { name: "notes", billingMode: "PAY_PER_REQUEST", hashKey: "id", attributes: [{ name: "id", type: "S" }] }, { protect: true });`;

  test("is not replaced nor deleted where it is protected", async ({ offline: { project } }) => {
    const deploy = () => project.sst(["deploy", "--stage", "table"]);
    await edit(project, TABLE, async (write) => {
      const first = await deploy();
      expect(first.exitCode, first.output).toBe(0);
      write(TABLE.replaceAll('"id"', '"key"'));
      const replaced = await deploy();
      expect(replaced.exitCode).toBe(1);
      expect(replaced.output).toContain("unable to replace resource");
      write("");
      const deleted = await deploy();
      expect(deleted.exitCode).toBe(1);
      expect(deleted.output).toContain("unable to delete resource");
      expect((await readState(project, "table", {})).resource("Notes").inputs).toMatchObject({
        hashKey: "id",
      });
    });
  });

  test.for([
    ["would go with it", "{ retainOnDelete: false }", true],
    ["stays, as SST has it", "{}", false],
  ] as const)("$0 where it is not", async ([, options, losesData], { offline: { project } }) => {
    const stage = losesData ? "open" : "kept";
    const open = TABLE.replace("{ protect: true }", options);
    await edit(project, `\n${open}\n`, async (write) => {
      await project.sst(["deploy", "--stage", stage]);
      write(open.replaceAll('"id"', '"key"'));
      const replaced = await project.diff(stage);
      if (losesData)
        expect(find(replaced, "Notes")).toMatchObject({ op: "replace", replacing: ["hashKey"], losesData });
      else expect(replaced.output).toContain("with a 409: there is already a Table notes");
      write("");
      expect(find(await project.diff(stage), "Notes")).toMatchObject({ op: "delete", losesData });
    });
  });
});

/** Has a resource added to the application, and taken out again at the end. */
async function edit(
  { root }: Project,
  text: string,
  act: (write: (text: string) => void) => Promise<void>,
): Promise<void> {
  const file = join(root, "infra/api.ts");
  const source = readFileSync(file, "utf8");
  const write = (text: string) => writeFileSync(file, `${source}\n${text}\n`);
  write(text);
  await act(write).finally(() => writeFileSync(file, source));
}
