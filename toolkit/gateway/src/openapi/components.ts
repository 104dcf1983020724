import type { Json } from "./json.ts";

/** Schemas that others refer to, by name, each with what it is made of: no two may have one name. */
export type Components = Map<string, { readonly source: unknown; json: Json }>;

/** Thrown where contracts cannot be said in a document; its message is a sentence that says what to change. */
export class DescriptionError extends TypeError {}

const REF = "#/components/schemas/";

/** Makes a component, unless it is there already, and gives what refers to it. What is made may refer to itself. */
export function define(components: Components, name: string, source: unknown, make: () => Json): Json {
  const known = components.get(name);
  if (known === undefined) {
    const component = { source, json: {} };
    components.set(name, component);
    component.json = make();
  } else if (known.source !== source) {
    throw new DescriptionError(
      name === "Problem"
        ? '"Problem" is the schema of every problem: give yours another id'
        : `two schemas are both "${name}" in the document: give one of them another id, or use one of them in both places`,
    );
  }
  return { $ref: REF + name };
}

/** The schema that is meant: a component where it refers to one, with what is said beside the reference. */
export function resolve({ $ref, ...own }: Json, components: Components): Json {
  const component = typeof $ref === "string" ? components.get($ref.slice(REF.length))?.json : undefined;
  return component === undefined ? own : { ...resolve(component, components), ...own };
}

/** What a document has of the components: those that something refers to, by their names. */
export function usedBy(paths: Json, components: Components): Readonly<Record<string, Json>> {
  const used = new Map<string, Json>();
  const visit = (json: Json) => {
    for (const [, name = ""] of JSON.stringify(json).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      const component = components.get(name)?.json;
      if (component === undefined || used.has(name)) continue;
      used.set(name, component);
      visit(component);
    }
  };
  visit(paths);
  return Object.fromEntries([...used].sort(([one], [another]) => (one < another ? -1 : 1)));
}
