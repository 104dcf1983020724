import type { Contract } from "@lucky/gateway/contract";
import { allow, read, secret, setting, table, write } from "@lucky/resources/declare";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { listResources } from "./resources.ts";

const Item = z.object({ id: z.string() });
const notesOf = () => table("notes", { item: Item, key: { partition: "id" } });
const Notes = notesOf();
const MailKey = secret("mail-key", { summary: "The key of the mail service" });
const Sender = setting("sender", { value: z.email(), summary: "Who mails are from" });

const functionOf = (name: string, uses?: Contract["uses"]) => ({
  name,
  contract: { method: "GET", path: `/${name}`, summary: "", ...(uses && { uses }) } as unknown as Contract, // as much as is read
});

describe("what functions use", () => {
  test("is nothing where no contract uses anything", () => {
    expect(listResources([functionOf("greet")])).toEqual({ tables: [], secrets: [], settings: [] });
  });

  test("is each resource once, whoever uses it and how", () => {
    const functions = [
      functionOf("keep", { notes: write(Notes), mailKey: read(MailKey) }),
      functionOf("list", { notes: read(Notes), raw: allow(Notes, ["dynamodb:Scan"]), sender: read(Sender) }),
    ];
    expect(listResources(functions)).toEqual({ tables: [Notes], secrets: [MailKey], settings: [Sender] });
  });

  test.each([7, null, {}, Notes, { resource: Notes, right: "own" }, { resource: {}, right: "read" }])(
    "is said by read, write and allow alone, and not by %j",
    (use) => {
      expect(() => listResources([functionOf("list", { notes: use } as Contract["uses"])])).toThrow(
        "notes in the uses of list is none: write read(…), write(…) or allow(…), of @lucky/resources/declare.",
      );
    },
  );

  test("cannot be declared twice under one name", () => {
    const functions = [
      functionOf("keep", { notes: write(Notes) }),
      functionOf("list", { notes: read(notesOf()) }),
    ];
    expect(() => listResources(functions)).toThrow(
      "Two tables are called notes, of keep and list: declare it once, and import it in both contracts.",
    );
  });

  test("cannot share a variable", () => {
    const Key = setting("mail-key", { value: z.string(), summary: "" });
    const functions = [functionOf("mail", { key: read(MailKey), other: read(Key) })];
    expect(() => listResources(functions)).toThrow(
      "Functions would find the secret mail-key of mail and the setting mail-key of mail by one variable, MAIL_KEY: rename one of them.",
    );
  });

  test("cannot have the name of a function on AWS, nor of one another", () => {
    expect(() => listResources([functionOf("notes", { notes: read(Notes) })])).toThrow(
      "On AWS the function notes and the table notes would both be called Notes: rename one of them.",
    );
    const Key = secret("notes", { summary: "" });
    expect(() => listResources([functionOf("list", { notes: read(Notes), key: read(Key) })])).toThrow(
      "On AWS the table notes and the secret notes would both be called Notes: rename one of them.",
    );
  });

  test.each(["Notes", "my_notes", "notes-", "1-notes", "", "ńotes", "a--b"])(
    "has a name that AWS takes, which %j is not",
    (name) => {
      const Wrong = table(name, { item: Item, key: { partition: "id" } });
      expect(() => listResources([functionOf("list", { notes: read(Wrong) })])).toThrow(
        `"${name}" cannot be the name of a table (list uses it): use lower-case letters`,
      );
    },
  );

  test.each(["aws-region", "aws-profile", "a"])("leaves Lambda its own variables, such as %s", (name) => {
    const Wrong = setting(name, { value: z.string(), summary: "" });
    expect(() => listResources([functionOf("list", { wrong: read(Wrong) })])).toThrow(
      `The setting ${name}, which list uses, needs another name: `,
    );
  });
});
