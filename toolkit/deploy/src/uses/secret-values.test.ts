import { secret } from "@lucky/resources/declare";
import { describe, expect, test } from "vitest";
import { checkSecrets } from "./secret-values.ts";

const MailKey = secret("mail-key", { summary: "The key of the mail service" });
const Pepper = secret("pepper", { summary: "What passwords are hashed with" });

describe("the secrets of a stage", () => {
  test("are there, or there are none", () => {
    expect(() => checkSecrets([], "prod", {})).not.toThrow();
    expect(() => checkSecrets([MailKey], "prod", { SST_SECRET_MailKey: "k" })).not.toThrow();
  });

  test("are all named where they are missing or empty, with the commands that set them", () => {
    expect(() => checkSecrets([MailKey, Pepper], "prod", { SST_SECRET_Pepper: "" })).toThrow(
      `The stage prod lacks secrets. Set each by its command, which asks for the value:
  pnpm sst secret set MailKey --stage prod    # mail-key: The key of the mail service
  pnpm sst secret set Pepper --stage prod    # pepper: What passwords are hashed with`,
    );
    expect(() => checkSecrets([MailKey, Pepper], "prod", { SST_SECRET_Pepper: "p" })).toThrow(
      /^The stage prod lacks a secret\.[^#]*MailKey[^#]*# mail-key: [^#\n]*$/,
    );
  });

  test("may be the same for all stages but prod", () => {
    expect(() => checkSecrets([MailKey], "anna", {})).toThrow("With --fallback added, it is for all stages");
    expect(() => checkSecrets([MailKey], "prod", {})).not.toThrow("--fallback");
  });

  test("fit into a parameter, by their bytes, and are never printed", () => {
    const tooLong = { SST_SECRET_MailKey: "ü".repeat(2049) };
    expect(() => checkSecrets([MailKey], "prod", tooLong)).toThrow(
      "The secret mail-key has 4098 bytes on the stage prod: a parameter of AWS holds 4096.",
    );
    expect(() => checkSecrets([MailKey], "prod", tooLong)).not.toThrow("ü");
    expect(() => checkSecrets([MailKey], "prod", { SST_SECRET_MailKey: "ü".repeat(2048) })).not.toThrow();
  });
});
