import type { Contract } from "@lucky/gateway/contract";
import { allow, read, secret, setting, table, write } from "@lucky/resources/declare";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { listResources } from "./resources.ts";

const Item = z.object({ id: z.string() });
const Notes = table("notes", { item: Item, key: { partition: "id" } });
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

  test("cannot have the name of a function on AWS, nor of one another", () => {
    expect(() => listResources([functionOf("notes", { notes: read(Notes) })])).toThrow(
      "On AWS the function notes and the table notes would both be called Notes: rename one of them.",
    );
    const Key = secret("notes", { summary: "" });
    expect(() => listResources([functionOf("list", { notes: read(Notes), key: read(Key) })])).toThrow(
      "On AWS the table notes and the secret notes would both be called Notes: rename one of them.",
    );
  });
});
