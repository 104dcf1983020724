import { type Contract, repliesOf } from "@lucky/gateway/contract";
import { lambda } from "@lucky/gateway/lambda";
import { findMistake } from "@lucky/gateway/mistake";
import { invoke } from "@lucky/gateway/testing";
import { describe, expect, test } from "vitest";
import { api } from "./index.ts";

const contracts: [string, Contract][] = Object.entries(api);
const plain = { method: "GET", path: "/", summary: "" } as const;

describe("the registry", () => {
  test("has no contract that could not be kept, and examples that work", () => {
    expect(findMistake(api)).toBeUndefined();
  });

  test.each(contracts)("the reply example of %s is what its own schema sends", async (_, contract) => {
    const { replyExample } = contract;
    const reply = repliesOf(contract)[200];
    if (replyExample === undefined || !reply) return;
    const read = await reply["~standard"].validate(replyExample);
    if (read.issues) throw new Error(read.issues.map(({ message }) => message).join(" "));
    const again = lambda({ ...plain, reply }, () => read.value);
    expect((await invoke(again, { body: null })).body).toEqual(replyExample);
  });

  test.each(contracts)("the example of %s keeps its own schema", async (_, { body, example }) => {
    const result = await body?.["~standard"].validate(example);
    expect(result?.issues).toBeUndefined();
  });
});
