import { type Contract, repliesOf } from "@lucky/gateway/contract";
import { findRouteConflict } from "@lucky/gateway/routes";
import { describe, expect, test } from "vitest";
import { api } from "./index.ts";

const contracts: [string, Contract][] = Object.entries(api);

describe("the registry", () => {
  test("has no routes that stand in each other's way", () => {
    expect(findRouteConflict(api)).toBeUndefined();
  });

  test.each(contracts)("the reply example of %s keeps its own schema", async (_, contract) => {
    if (contract.replyExample === undefined) return;
    const result = await repliesOf(contract)[200]?.["~standard"].validate(contract.replyExample);
    expect(result).toEqual({ value: contract.replyExample });
  });

  test.each(contracts)("the example of %s keeps its own schema", async (_, { body, example }) => {
    const result = await body?.["~standard"].validate(example);
    expect(result?.issues).toBeUndefined();
  });
});
