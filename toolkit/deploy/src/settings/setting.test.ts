import { describe, expect, test } from "vitest";
import {
  concurrency,
  domainName,
  emailAddress,
  type Kind,
  readSetting,
  region,
  requireSetting,
  wholeNumber,
} from "./setting.ts";

const read = (kind: Kind, value: string) => readSetting({ VALUE: value }, "VALUE", kind);

describe("a setting", () => {
  test.each<[string, Kind, readonly string[]]>([
    ["region", region, ["eusc-de-east-1", "us-gov-west-1", "ap-southeast-3", "eu-central-1"]],
    ["email address", emailAddress, ["oncall@example.com"]],
    ["domain name", domainName, ["api.example.com", "xn--bcher-kva.example", "a.b.c.example.co"]],
    ["concurrency", concurrency, ["1", "50", "99999", "none"]],
    ["whole number", wholeNumber, ["1", "10", "999999"]],
  ])("is taken if it is a %s", (_, kind, values) => {
    expect(values.map((value) => read(kind, value))).toEqual(values);
  });

  test.each<[string, Kind, readonly string[]]>([
    ["region", region, ["frankfurt", "eu-central", "EU-CENTRAL-1"]],
    ["email address", emailAddress, ["me", "me@example", "a b@example.com"]],
    [
      "domain name",
      domainName,
      ["example", "-a.example.com", "a..com", "api.example.com/v1", "API.example.com", "https://a.com"],
    ],
    ["concurrency", concurrency, ["0", "-1", "1.5", "100000", "many"]],
    ["whole number", wholeNumber, ["0", "-1", "1.5", "1000000", "none", "$20", "1e3"]],
  ])("is refused if it is no %s, with what to use", (_, kind, values) => {
    for (const value of values)
      expect(() => read(kind, value)).toThrow(`VALUE is "${value}": use ${kind.use}.`);
  });

  test("is undefined where it is missing or empty", () => {
    expect(readSetting({}, "VALUE", region)).toBeUndefined();
    expect(read(region, "")).toBeUndefined();
  });

  test("that must be set says what it is for", () => {
    const require = (value: string) => requireSetting({ VALUE: value }, "VALUE", region, "where it runs");
    expect(require("eu-central-1")).toBe("eu-central-1");
    expect(() => require("")).toThrow("Set VALUE, where it runs: use a region such as eu-central-1.");
  });
});
