import { describe, expect, test } from "vitest";
import { addContract, removeContract } from "./registry.ts";

const IMPORTS = 'import type { Contract } from "@lucky/gateway/contract";\nimport { a } from "./a.ts";\n';
const TAIL = " satisfies Record<string, Contract>;\n\nexport const cors = { allowOrigins: [] };\n";
const index = (entries: string) => `${IMPORTS}\nexport const api = {${entries}}${TAIL}`;
const added = (entries: string) =>
  `${IMPORTS}import { sendMail } from "./send-mail.ts";\n\nexport const api = {${entries}}${TAIL}`;

describe("a contract goes into the registry as its last entry", () => {
  test.each([
    ["of many lines", "\n  a,\n", '\n  a,\n  "send-mail": sendMail,\n'],
    ["of one line", " a ", ' a,\n  "send-mail": sendMail,\n'],
    [
      "with comments",
      "\n  // one\n  a, // two\n  /* three */\n",
      '\n  // one\n  a, // two\n  /* three */\n  "send-mail": sendMail,\n',
    ],
    ["that is empty", "", '\n  "send-mail": sendMail,\n'],
  ])("%s", (_, before, after) => {
    expect(addContract(index(before), "send-mail")).toBe(added(after));
  });

  test("under its name alone, where that is one word", () => {
    expect(addContract(index("\n  a,\n"), "mail")).toContain('\nimport { mail } from "./mail.ts";\n');
    expect(addContract(index("\n  a,\n"), "mail")).toContain("\n  a,\n  mail,\n}");
  });

  test("and out of it again", () => {
    for (const name of ["mail", "send-mail"]) {
      const before = index("\n  // one\n  a, // two\n");
      expect(removeContract(addContract(before, name), name)).toBe(before);
    }
  });
});

const NEVER_HERE = "Nothing is written";
const LINES = ['import { sendMail } from "./send-mail.ts";', '"send-mail": sendMail,'];

describe("a registry of another shape is left as it is, and said is what to do by hand:", () => {
  test.each([
    ["no registry", `${IMPORTS}\nexport const other = {};\n`],
    ["one that is built", `${IMPORTS}\nexport const api = build([a]);\n`],
    ["braces inside", index("\n  a: { ...a },\n")],
    ["a comment after an entry without a comma", index("\n  a // last\n")],
    ["no imports", `export const api = {\n  a,\n}${TAIL}`],
  ])("%s", (_, source) => {
    for (const part of [NEVER_HERE, "add by hand", ...LINES]) {
      expect(() => addContract(source, "send-mail")).toThrow(part);
    }
  });

  test("a contract that is not where it would be", () => {
    for (const part of [NEVER_HERE, "remove by hand", ...LINES]) {
      expect(() => removeContract(index("\n  a,\n"), "send-mail")).toThrow(part);
      expect(() => removeContract(added("\n  a,\n"), "send-mail")).toThrow(part);
    }
  });
});
