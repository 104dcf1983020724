import { describe, expect } from "vitest";
import { functions, PROD, test } from "./testing.ts";

describe("a second deploy of prod", () => {
  test("changes nothing, but for the page that SST builds anew each time", async ({ offline, prod: _ }) => {
    const { steps, output, exitCode } = await offline.project.diff("prod", PROD);
    expect(exitCode, output).toBe(0);
    const changes = steps.filter(({ op, type }) => op !== "same" && !type.startsWith("sst:"));
    expect(changes.map(({ op, name }) => `${op} ${name}`)).toEqual(["replace SiteBuilder"]);
  });
});

describe("what is left of prod when it is taken out of the code", () => {
  test.for(functions)("has the log of each function: $name", ({ resource }, { prod }) => {
    expect(prod.state.resource(`${resource}LogGroup`).retainOnDelete).toBe(true);
  });
});
