import { describe, expect, test } from "vitest";
import { readSettings } from "./settings.ts";
import { stageOf } from "./stage.ts";

const prod = stageOf("prod");
const anna = stageOf("anna");
const REGION = { AWS_REGION: "eu-central-1" };

describe("settings", () => {
  test("need a region and no more, outside prod", () => {
    expect(readSettings(anna, REGION)).toEqual({ region: "eu-central-1" });
  });

  test("reserve concurrency in prod, unless an account has none to reserve", () => {
    const environment = { ...REGION, ALARM_EMAIL: "oncall@example.com" };
    expect(readSettings(prod, environment)).toMatchObject({ reservedConcurrency: 50 });
    expect(readSettings(prod, { ...environment, RESERVED_CONCURRENCY: "5" })).toMatchObject({
      reservedConcurrency: 5,
    });
    expect(readSettings(prod, { ...environment, RESERVED_CONCURRENCY: "none" })).not.toHaveProperty(
      "reservedConcurrency",
    );
  });

  test("take whatever is empty for what is not set", () => {
    expect(
      readSettings(anna, { ...REGION, ALARM_EMAIL: "", API_DOMAIN: "", RESERVED_CONCURRENCY: "" }),
    ).toEqual({
      region: "eu-central-1",
    });
  });

  test.each(["us-gov-west-1", "ap-southeast-3", "eu-central-1"])("take the region %s", (region) => {
    expect(readSettings(anna, { AWS_REGION: region })).toEqual({ region });
  });

  test.each(["api.example.com", "xn--bcher-kva.example", "a.b.c.example.co"])(
    "take the domain %s",
    (domain) => {
      expect(readSettings(anna, { ...REGION, API_DOMAIN: domain })).toMatchObject({ domain });
    },
  );

  test.each(["example", "-a.example.com", "a..com", "api.example.com/v1", "API.example.com"])(
    "refuse the domain %s",
    (domain) => {
      expect(() => readSettings(anna, { ...REGION, API_DOMAIN: domain })).toThrow(
        "API_DOMAIN is no domain name",
      );
    },
  );
});
