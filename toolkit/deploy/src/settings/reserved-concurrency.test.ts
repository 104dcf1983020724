import { describe, expect, test } from "vitest";
import { checkReservedConcurrency } from "./reserved-concurrency.ts";

const reserving = (count: number, reserved: number) => Array(count).fill({ concurrency: { reserved } });

describe("reserved concurrency", () => {
  test("is none unless a function has some, and none fits the quota of a new account", () => {
    const none = [{}, { concurrency: undefined }, { concurrency: { provisioned: 2 } }];
    expect(() => checkReservedConcurrency(none, 10)).not.toThrow();
    expect(() => checkReservedConcurrency([], 10)).not.toThrow();
  });

  test("leaves 100 of the quota to those that reserve none", () => {
    expect(() => checkReservedConcurrency(reserving(18, 50))).not.toThrow();
    expect(() => checkReservedConcurrency([...reserving(18, 50), ...reserving(1, 1)])).toThrow(
      "The functions reserve 901 executions at once (19 of them do), and a quota of 1000 has 900 to reserve. " +
        "Set RESERVED_CONCURRENCY to less or to none, or CONCURRENCY_QUOTA if the account has more.",
    );
    expect(() => checkReservedConcurrency(reserving(19, 50), 1050)).not.toThrow();
  });

  test("is nothing that a new account has", () => {
    expect(() => checkReservedConcurrency(reserving(1, 1), 10)).toThrow("a quota of 10 has 0 to reserve");
  });

  test("does not count what is not known yet, such as an output of a resource", () => {
    expect(() =>
      checkReservedConcurrency([{ concurrency: { reserved: Promise.resolve(1) } }], 10),
    ).not.toThrow();
  });
});
