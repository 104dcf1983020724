import { allow, read, secret, setting, table, write } from "@lucky/resources/declare";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { listUses, tablesOf } from "./listed-uses.ts";
import { describeMissing } from "./missing-values.ts";

const Notes = table("lucky-notes", {
  item: z.object({ id: z.string(), at: z.number() }),
  key: { partition: "id" },
  indexes: { byTime: { partition: "at" } },
  numbers: ["at"],
  expires: "at",
});
const MailKey = secret("mail-key", { summary: "The key" });
const Sender = setting("sender", { value: z.string(), summary: "Who" });
const Size = setting("page-size", { value: z.string(), summary: "How many", default: "10" });

const uses = {
  notes: write(Notes),
  raw: allow(Notes, ["dynamodb:Scan"]),
  mailKey: read(MailKey),
  sender: read(Sender),
  size: read(Size),
};
const contract = { method: "GET", path: "/", summary: "", reply: z.null(), uses } as const;
const listed = { name: "send", uses: listUses({ name: "send", contract }) };

test("what a function uses is data that another thread can be told of", () => {
  expect(structuredClone(listed.uses)).toEqual({
    tables: [
      {
        name: "lucky-notes",
        variable: "TABLE_LUCKY_NOTES",
        key: { partition: "id" },
        indexes: { byTime: { partition: "at" } },
        numbers: ["at"],
        expires: "at",
      },
    ],
    secrets: [{ name: "mail-key", summary: "The key", variable: "MAIL_KEY" }],
    settings: [
      { name: "sender", summary: "Who", variable: "SENDER" },
      { name: "page-size", summary: "How many", variable: "PAGE_SIZE", default: "10" },
    ],
  });
});

test("tables of several functions are each once", () => {
  expect(tablesOf([listed, { ...listed, name: "other" }]).map(({ name }) => name)).toEqual(["lucky-notes"]);
});

test("what is not set is named with the line to add, but for a default", () => {
  expect(describeMissing(listed, {})).toEqual([
    "send uses the secret mail-key (The key), which is not set here. Add this line to .env.local, with its value:\nMAIL_KEY=",
    "send uses the setting sender (Who), which is not set here. Add this line to .env.local, with its value:\nSENDER=",
    "send uses the table lucky-notes on AWS, which is not set here. Add this line to .env.local, with its value:\nTABLE_LUCKY_NOTES=",
  ]);
  expect(describeMissing(listed, { MAIL_KEY: "k", SENDER: "", TABLE_LUCKY_NOTES: "n" })).toHaveLength(1);
  expect(describeMissing(listed, { MAIL_KEY: "k", SENDER: "s", TABLE_LUCKY_NOTES: "n" })).toEqual([]);
});
