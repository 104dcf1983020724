import { expect, test } from "vitest";
import { checkThrottle } from "./throttle.ts";

const check = (requestsPerSecond: unknown, burst: unknown) => () =>
  checkThrottle({ requestsPerSecond, burst } as never, "send-mail"); // what a program without types may give

test("a throttle lets at least one request through", () => {
  expect(check(1, 1)).not.toThrow();
  expect(check(5000, 10_000)).not.toThrow();
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5", undefined])(
  "a throttle of %j is refused",
  (value) => {
    const must = "in the throttle of send-mail must be a whole number from 1.";
    expect(check(value, 1)).toThrow(`requestsPerSecond ${must}`);
    expect(check(1, value)).toThrow(`burst ${must}`);
  },
);
