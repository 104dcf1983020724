import { setting } from "@lucky/resources/declare";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { settingValues } from "./setting-values.ts";

const Sender = setting("sender", { value: z.email(), summary: "Who mails are from" });
const PageSize = setting("page-size", {
  value: z.coerce.number<string>().int().max(100),
  default: "20",
  summary: "How many are on a page",
});

describe("the values of settings", () => {
  test("are those of the stage, and no defaults", () => {
    const given = { SENDER: "hello@example.com" };
    expect(settingValues([Sender, PageSize], given, "prod")).toEqual(given);
    expect(settingValues([Sender, PageSize], { ...given, PAGE_SIZE: "50" }, "prod")).toEqual({
      ...given,
      PAGE_SIZE: "50",
    });
    expect(settingValues([], {}, "prod")).toEqual({});
  });

  test.each([
    [
      "a missing one",
      {},
      "The setting sender (Who mails are from) has no value on the stage prod: give SENDER in settingsOf of infra/environment.ts, or a default where it is declared.",
    ],
    [
      "one that its schema refuses",
      { SENDER: "me" },
      "The setting sender is wrong on the stage prod, by SENDER in infra/environment.ts: Invalid email address",
    ],
    ["an empty one", { SENDER: "" }, "by SENDER in infra/environment.ts: Invalid email address"],
    [
      "one that is no text",
      { SENDER: "a@b.de", PAGE_SIZE: 20 as unknown as string },
      "by PAGE_SIZE in infra/environment.ts: PAGE_SIZE must be a string.",
    ],
    [
      "one that nobody uses",
      { SENDER: "a@b.de", SENDR: "a@b.de" },
      "infra/environment.ts gives SENDR on the stage prod: no contract uses a setting of that variable, only of SENDER, PAGE_SIZE.",
    ],
  ])("are refused with %s", (_, given, sentence) => {
    expect(() => settingValues([Sender, PageSize], given, "prod")).toThrow(sentence);
  });

  test("are refused with all that is wrong at once", () => {
    expect(() => settingValues([Sender, PageSize], { PAGE_SIZE: "many", X: "" }, "anna")).toThrow(
      /^The setting sender .* stage anna.*\nThe setting page-size .*\ninfra\/environment\.ts gives X .*$/,
    );
  });

  test("are refused with a wrong default, too, and with a schema that takes its time", () => {
    const Wrong = setting("wrong", { value: z.email(), default: "me", summary: "" });
    expect(() => settingValues([Wrong], {}, "prod")).toThrow("by its default: Invalid email address");
    const Slow = setting("slow", { value: z.string().refine(async () => true), summary: "" });
    expect(() => settingValues([Slow], { SLOW: "x" }, "prod")).toThrow("must answer at once");
  });
});
