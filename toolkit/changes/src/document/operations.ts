import { isJson, type Json, resolveRef, toJson } from "../schema/schema.ts";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

export type Operation = {
  /** As people read it, such as `GET /notes/{id}`. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly definition: Json;
  /** https://spec.openapis.org/oas/v3.1.0.html#security-requirement-object */
  readonly security: readonly Json[];
};

/** Where it is, such as `query limit`, and the definition. */
export type Parameter = { readonly place: string; readonly definition: Json };

/** The operations of a document, by what callers call: the names of a path's parameters do not matter to them. */
export function operationsOf(document: Json): ReadonlyMap<string, Operation> {
  const found = new Map<string, Operation>();
  for (const [path, value] of Object.entries(toJson(document.paths))) {
    const item = follow(value, document);
    for (const method of METHODS.filter((each) => isJson(item[each]))) {
      const definition = toJson(item[method]);
      const name = `${method.toUpperCase()} ${path}`;
      const parameters = parametersOf(
        [...listOf(item.parameters), ...listOf(definition.parameters)],
        path,
        document,
      );
      const security = listOf(definition.security ?? document.security).map(toJson);
      found.set(name.replaceAll(/\{[^}]*\}/g, "{}"), { name, parameters, definition, security });
    }
  }
  return found;
}

/** Those of the operation after those of the path, which they replace. */
function parametersOf(
  list: readonly unknown[],
  path: string,
  document: Json,
): ReadonlyMap<string, Parameter> {
  const inPath = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const found = new Map<string, Parameter>();
  for (const each of list) {
    const definition = follow(each, document);
    const place = `${definition.in} ${definition.name}`;
    if (definition.in === "path")
      found.set(`path ${inPath.indexOf(String(definition.name))}`, { place, definition });
    else if (definition.in === "header") found.set(place.toLowerCase(), { place, definition });
    else found.set(place, { place, definition });
  }
  return found;
}

/** What it refers to, where it is a reference. Throws an error where there is nothing. */
export function follow(value: unknown, document: Json): Json {
  const { $ref, ...own } = toJson(value);
  return typeof $ref === "string" ? { ...toJson(resolveRef($ref, document)), ...own } : own;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
