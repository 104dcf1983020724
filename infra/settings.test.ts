import { describe, expect, test } from "vitest";
import { readSettings } from "./settings.ts";
import { stageOf } from "./stage.ts";

const prod = stageOf("prod");
const anna = stageOf("anna");
const REGION = { AWS_REGION: "eu-central-1" };
const WATCHED = { ...REGION, ALARM_EMAIL: "oncall@example.com" };

describe("settings", () => {
  test("need a region and no more, outside prod", () => {
    expect(readSettings(anna, REGION)).toMatchObject({ region: "eu-central-1" });
    expect(() => readSettings(anna, {})).toThrow("Set AWS_REGION, where the API is to run");
  });

  test("need an address for alarms in prod", () => {
    expect(() => readSettings(prod, REGION)).toThrow("Set ALARM_EMAIL, where prod's alarms go");
    expect(readSettings(prod, WATCHED)).toMatchObject({ alarmEmail: "oncall@example.com" });
  });

  test("reserve concurrency where that is asked for alone: a new account has none to reserve", () => {
    const reserved = (environment: NodeJS.ProcessEnv) =>
      readSettings(prod, { ...WATCHED, ...environment }).reservedConcurrency;
    expect(reserved({})).toBeUndefined();
    expect(reserved({ RESERVED_CONCURRENCY: "5" })).toBe(5);
    expect(reserved({ RESERVED_CONCURRENCY: "none" })).toBeUndefined();
  });

  test("may have a domain, and a certificate where its zone is not in Route 53", () => {
    const domain = (environment: NodeJS.ProcessEnv) =>
      readSettings(prod, { ...WATCHED, ...environment }).domain;
    const API_CERTIFICATE_ARN = "arn:aws:acm:eu-central-1:123456789012:certificate/0f-1";
    expect(domain({})).toBeUndefined();
    expect(domain({ API_DOMAIN: "api.example.com" })).toEqual({ name: "api.example.com" });
    expect(domain({ API_DOMAIN: "api.example.com", API_CERTIFICATE_ARN })).toMatchObject({
      certificateArn: API_CERTIFICATE_ARN,
    });
    expect(() => domain({ API_CERTIFICATE_ARN })).toThrow("set API_DOMAIN as well");
  });

  test("may say what the account may cost", () => {
    expect(readSettings(prod, WATCHED).monthlyBudget).toBeUndefined();
    expect(readSettings(prod, { ...WATCHED, MONTHLY_BUDGET: "20" }).monthlyBudget).toBe(20);
  });

  test("may say the account's quota", () => {
    expect(readSettings(prod, WATCHED).concurrencyQuota).toBeUndefined();
    expect(readSettings(prod, { ...WATCHED, CONCURRENCY_QUOTA: "3000" }).concurrencyQuota).toBe(3000);
  });

  test("say that what is live is held where the release asks for it alone", () => {
    expect(readSettings(prod, WATCHED).holdsLive).toBe(false);
    expect(readSettings(prod, { ...WATCHED, HOLD_LIVE: "1" }).holdsLive).toBe(true);
  });

  test("take whatever is empty for what is not set", () => {
    const empty = {
      ...REGION,
      ALARM_EMAIL: "",
      API_DOMAIN: "",
      RESERVED_CONCURRENCY: "",
      CONCURRENCY_QUOTA: "",
      MONTHLY_BUDGET: "",
      HOLD_LIVE: "",
    };
    expect(readSettings(anna, empty)).toEqual(readSettings(anna, REGION));
  });

  test.each([
    ["AWS_REGION", "frankfurt"],
    ["ALARM_EMAIL", "me"],
    ["API_DOMAIN", "https://api.example.com"],
    ["RESERVED_CONCURRENCY", "0"],
    ["PERMISSIONS_BOUNDARY", "functions"],
    ["CONCURRENCY_QUOTA", "many"],
    ["MONTHLY_BUDGET", "$20"],
    ["HOLD_LIVE", "no"],
  ])("refuse a wrong %s", (variable, value) => {
    expect(() => readSettings(prod, { ...WATCHED, [variable]: value })).toThrow(
      `${variable} is "${value}": use `,
    );
  });
});
