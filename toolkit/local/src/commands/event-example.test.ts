import { findFunction, loadApplication } from "@lucky/application/application";
import { fixture } from "@lucky/fixture";
import { describe, expect, test } from "vitest";
import { gateways } from "../gateways/index.ts";
import { withExamples } from "./event-example.ts";
import { toEvent } from "./event-options.ts";
import { explainEvent } from "./explanation.ts";

const { functions } = await loadApplication(fixture);
const cases = functions.flatMap((each) => Object.keys(gateways).map((as) => ({ name: each.name, as, each })));

describe("the event of a contract's examples", () => {
  test.each(cases)("is taken by its function: $name, as $as", async ({ as, each }) => {
    const event = toEvent(each, await withExamples(each.contract, { as }), functions);
    const { findings, status } = await explainEvent(event, each);
    expect(status, JSON.stringify(findings)).toBeUndefined(); // nothing answers in its place
    expect(findings.at(-1)).toMatchObject({ name: "contract", ok: true });
  });
});

test.each([
  ["greet", "application/json"],
  ["measure-image", "image/png"],
  ["import-notes", "text/csv; charset=utf-8"],
])("a body by hand is of the contract's type: %s", (name, type) => {
  const event = toEvent(findFunction(functions, name), { body: "{}" }, functions);
  expect(event).toMatchObject({ headers: { "content-type": type } });
});
