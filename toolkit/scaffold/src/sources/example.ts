import type { Draft } from "../draft.ts";

/** A request that works, the same in every file. */
export function exampleOf({ path, params, table }: Draft): {
  readonly params: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
} {
  const values = params.map((param) => [
    param,
    path.includes(`{${param}+}`) && !table ? "2026/report.txt" : "7",
  ]);
  const { text } = itemExampleOf("");
  return { params: Object.fromEntries(values), body: table ? { text } : { name: "Ada" } };
}

/** An item as a table of `pnpm new` holds it. */
export function itemExampleOf(id: string): { readonly id: string; readonly text: string } {
  return { id, text: "Buy milk" };
}

/** What the function says to it. */
export function answerOf(draft: Draft): Readonly<Record<string, string>> {
  const { params, body } = exampleOf(draft);
  return { ...params, message: draft.hasBody ? `Hello, ${body.name}!` : `Hello from ${draft.name}.` };
}

/** What it does, as the name of its test. */
export function describe(draft: Omit<Draft, "summary">): string {
  if (draft.table) return DOES[draft.method](draft.table.name);
  if (draft.hasBody) return "greets by name";
  return draft.params.length > 0 ? "says what the path says" : "says hello";
}

const DOES: Readonly<Record<Draft["method"], (table: string) => string>> = {
  GET: (table) => `reads an item of ${table}`,
  POST: (table) => `keeps an item in ${table}`,
  PUT: (table) => `keeps an item in ${table} under its id`,
  PATCH: (table) => `changes an item of ${table}`,
  DELETE: (table) => `removes an item of ${table}`,
};
