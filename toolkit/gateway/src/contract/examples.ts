import type { Contract, Examples } from "./contract.ts";
import type { Schema } from "./schema.ts";
import { exampleUrl } from "./url.ts";

const PARTS = ["params", "query", "headers", "cookies"] as const satisfies (keyof Examples)[];

/**
 * Why the curl command that is made of a contract's examples would be refused, in a sentence; undefined where all work. A
 * part that may be empty needs no example. Nothing is said of a schema that takes its time.
 *
 *     findExampleMistake({ search })
 *     // "The contract search needs examples.query that its schema takes. q: This field is required."
 */
export function findExampleMistake(contracts: Readonly<Record<string, Contract>>): string | undefined {
  for (const [name, contract] of Object.entries(contracts)) {
    const { examples = {}, body, example } = contract;
    for (const part of PARTS) {
      const wrong = refusalOf(contract[part], examples[part] ?? {});
      if (wrong) return `The contract ${name} needs examples.${part} that its schema takes. ${wrong}`;
    }
    const wrong =
      body && sentenceOf(body.media?.fields?.check(example) ?? body["~standard"].validate(example));
    if (wrong) return `The contract ${name} needs an example that its body takes. ${wrong}`;
    try {
      exampleUrl(contract, "");
    } catch (error) {
      return `The contract ${name} needs other examples.params: ${String(error)}`;
    }
  }
  return undefined;
}

function refusalOf(schema: Schema | undefined, value: unknown): string | undefined {
  return schema && sentenceOf(schema["~standard"].validate(value));
}

function sentenceOf(result: ReturnType<Schema["~standard"]["validate"]>): string | undefined {
  if (result instanceof Promise || result.issues === undefined) return undefined;
  const [{ path = [], message } = { message: "" }] = result.issues;
  return [...[...path].map((key) => (typeof key === "object" ? key.key : key)).map(String), message].join(
    ": ",
  );
}
