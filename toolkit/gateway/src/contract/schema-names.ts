import type { Schema } from "./schema.ts";

/** What is looked up in any object, by schemas and by the language. */
const NOBODYS = new Set([...Object.getOwnPropertyNames(Object.prototype), "then", "toJSON", "length"]);

/**
 * The names that a schema of an object asks for, whichever library made it: it is given an object that notes them. None for
 * one that takes whatever comes, such as a record.
 */
export function namesOf(schema: Schema | undefined): readonly string[] {
  const names = new Set<string>();
  const note = (name: string | symbol) => {
    if (typeof name === "string" && !NOBODYS.has(name)) names.add(name);
  };
  const noting = new Proxy(
    {},
    {
      get: (_, name) => note(name),
      has: (_, name) => {
        note(name);
        return false;
      },
      getOwnPropertyDescriptor: (_, name) => {
        note(name);
        return undefined;
      },
    },
  );
  try {
    const result = schema?.["~standard"].validate(noting);
    if (result instanceof Promise) result.catch(() => {});
  } catch {
    // What it makes of what it was given does not matter.
  }
  return [...names];
}
