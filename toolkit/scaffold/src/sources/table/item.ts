import { pascalCase } from "@lucky/gateway/name";

/** packages/core/src/<table>-item.ts: what a table holds. */
export function itemSource(table: string): string {
  const Name = pascalCase(table);
  return `import * as z from "./zod.ts";

/** What a caller sends to have kept. */
export const New${Name}Item = z.object({ text: z.string().check(z.minLength(1), z.maxLength(1000)) });
export type New${Name}Item = z.infer<typeof New${Name}Item>;

/** What the table ${table} holds. Items that are there are held to it when they are read: give a new field a default. */
export const ${Name}Item = z.extend(New${Name}Item, { id: z.string().check(z.minLength(1), z.maxLength(128)) });
export type ${Name}Item = z.infer<typeof ${Name}Item>;
`;
}

/** Its test. */
export function itemTestSource(table: string): string {
  const Name = pascalCase(table);
  return `import { expect, test } from "vitest";
import { ${Name}Item } from "./${table}-item.ts";
import * as z from "./zod.ts";

test("an item of ${table} has a text of 1 to 1000 characters", () => {
  const accepts = (text: string) => z.safeParse(${Name}Item, { id: "7", text }).success;
  expect(["", "x", "x".repeat(1000), "x".repeat(1001)].map(accepts)).toEqual([false, true, true, false]);
});
`;
}
