import { describe, expect, onTestFinished } from "vitest";
import { startOffline } from "./offline.ts";
import { readState, type State } from "./state.ts";
import { test, WATCHED } from "./testing.ts";

const FUNCTION = "aws:lambda/function:Function";

describe("sst diff", () => {
  test("shows what would be made, and makes nothing", async ({ offline }) => {
    const before = offline.aws.calls.length;
    const { exitCode, output } = await offline.project.sst(["diff", "--stage", "new"], WATCHED);
    expect(exitCode).toBe(0);
    expect(output).toContain("GreetFunction aws:lambda:Function");
    const written = offline.aws.calls.slice(before).filter((call) => /^PUT .*\/app\//.test(call));
    expect(written).toEqual([]);
  });
});

describe("sst deploy", () => {
  test("prints what the program gives", ({ prod }) => {
    expect(prod.output).toContain("✓  Complete");
    expect(prod.output).toContain(`url: ${prod.state.resource("ApiApi").outputs.apiEndpoint}`);
  });

  test("makes it all in the region that is set, tagged with app and stage", ({ prod }) => {
    const { region, defaultTags } = prod.state.resource("default").inputs;
    expect(region).toBe("eu-central-1");
    expect(JSON.parse(String(defaultTags))).toEqual({
      tags: { "sst:app": "fixture", "sst:stage": "prod" },
    });
  });

  test("makes a stage beside another, with names of its own", async ({ offline, prod, anna }) => {
    const names = (state: State) => state.ofType(FUNCTION).map(({ inputs }) => String(inputs.name));
    expect(names(anna.state).every((name) => name.startsWith("fixture-anna-"))).toBe(true);
    expect(names(prod.state).every((name) => name.startsWith("fixture-prod-"))).toBe(true);
    expect(names(await readState(offline.project, "prod", WATCHED))).toEqual(names(prod.state));
  });
});

describe("sst remove", () => {
  test("is refused for a protected stage", async ({ offline, prod: _ }) => {
    const { exitCode, output } = await offline.project.sst(["remove", "--stage", "prod"], WATCHED);
    expect(exitCode).toBe(1);
    expect(output).toContain("Cannot remove protected stage");
  });

  test("removes another", async ({ application }) => {
    const { project, close } = await startOffline(application);
    onTestFinished(close);
    expect(await project.sst(["deploy", "--stage", "anna"])).toMatchObject({ exitCode: 0 });
    expect(await project.sst(["remove", "--stage", "anna"])).toMatchObject({ exitCode: 0 });
    expect((await readState(project, "anna", {})).ofType(FUNCTION)).toEqual([]);
  });
});
