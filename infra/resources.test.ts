import { listResources, nameOnAws, usesOf } from "@lucky/application/resources";
import { type Alarm, isRaised, type Measured } from "@lucky/offline/alarm-rules";
import { describe, expect } from "vitest";
import { functions, test } from "./testing.ts";

const { tables } = listResources(functions);

describe("each table", () => {
  test.for(tables)(
    "keeps its items in prod, whatever happens to its stage: $name",
    ({ name }, { prod, anna }) => {
      const { inputs, protect, retainOnDelete } = prod.state.resource(`${nameOnAws({ name })}Table`);
      expect(inputs).toMatchObject({
        billingMode: "PAY_PER_REQUEST",
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: true,
      });
      expect({ protect, retainOnDelete }).toEqual({ protect: true, retainOnDelete: true });
      expect(anna.state.resource(`${nameOnAws({ name })}Table`).inputs).toMatchObject({
        pointInTimeRecovery: { enabled: false },
        deletionProtectionEnabled: false,
      });
    },
  );

  test.for(tables)("is watched, and each of its indexes: $name", ({ name, indexes }, { prod: { state } }) => {
    const resource = nameOnAws({ name });
    const burst: Measured = { ReadThrottleEvents: [[20], [0]], WriteThrottleEvents: [[0], [20]] };
    const some: Measured = { ReadThrottleEvents: [[5], []], WriteThrottleEvents: [[5], [5]] };
    for (const part of ["", ...Object.keys(indexes).map((index) => `-${index}`)]) {
      const alarm = state.resource(`Throttled${resource}${part}`).inputs as Alarm; // as the provider takes it
      expect(JSON.stringify(alarm)).toContain(String(state.resource(`${resource}Table`).outputs.name));
      expect(isRaised(alarm, burst)).toContain(true);
      expect(isRaised(alarm, some)).not.toContain(true);
    }
  });

  test.for(functions)("is known to the functions that use it, and to no others: $name", (each, { prod }) => {
    const { environment } = prod.state.resource(`${each.resource}Function`).inputs;
    const { variables } = environment as { variables: Readonly<Record<string, string>> }; // the provider's
    const used = new Set(
      usesOf(each).flatMap(({ resource }) => (resource.kind === "table" ? resource.name : [])),
    );
    const known = tables
      .filter(({ name }) =>
        Object.values(variables).includes(
          String(prod.state.resource(`${nameOnAws({ name })}Table`).outputs.name),
        ),
      )
      .map(({ name }) => name);
    expect(new Set(known)).toEqual(used);
  });
});
