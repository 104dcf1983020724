import type { Draft } from "../draft.ts";

/** A request that works, the same in every file. */
export function exampleOf({ path, params }: Draft): {
  readonly params: Readonly<Record<string, string>>;
  readonly body: { readonly name: string };
} {
  const values = params.map((param) => [param, path.includes(`{${param}+}`) ? "2026/report.txt" : "7"]);
  return { params: Object.fromEntries(values), body: { name: "Ada" } };
}

/** What the function says to it. */
export function answerOf(draft: Draft): Readonly<Record<string, string>> {
  const { params, body } = exampleOf(draft);
  return { ...params, message: draft.hasBody ? `Hello, ${body.name}!` : `Hello from ${draft.name}.` };
}

/** What it does, as the name of its test. */
export function describe({ params, hasBody }: Pick<Draft, "params" | "hasBody">): string {
  if (hasBody) return "greets by name";
  return params.length > 0 ? "says what the path says" : "says hello";
}
