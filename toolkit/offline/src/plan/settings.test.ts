import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readSettings } from "./settings.ts";

const root = mkdtempSync(join(tmpdir(), "lucky-settings-"));
afterAll(() => rmSync(root, { recursive: true }));

test("settings are read in SST's order: the stage's file, the environment, the file for every stage", () => {
  writeFileSync(join(root, ".env"), "AWS_REGION=eu-north-1\nAPI_DOMAIN=file.example.com\nMONTHLY_BUDGET=1\n");
  writeFileSync(join(root, ".env.prod"), "AWS_REGION=eu-west-1\n");
  const environment = { AWS_REGION: "eu-south-1", API_DOMAIN: "shell.example.com" };
  const { set, madeUp } = readSettings(root, "prod", environment);
  expect(set).toEqual({ AWS_REGION: "eu-west-1", API_DOMAIN: "shell.example.com", MONTHLY_BUDGET: "1" });
  expect(madeUp).toEqual({ ALARM_EMAIL: "alarms@example.com" });
  expect(readSettings(root, "anna", environment).set.AWS_REGION).toBe("eu-south-1");
});
