import type { Documents } from "../schema/compare.ts";
import { isJson, type Json, type Schema, toJson, toSchema } from "../schema/schema.ts";
import { breaking, type Change, news, schemaChanges, sortNames } from "./change.ts";
import { follow, listOf } from "./operations.ts";

/** https://datatracker.ietf.org/doc/html/rfc9457 */
export const PROBLEM = "application/problem+json";

type Problem = { readonly status: string; readonly schema: Schema };
type Problems = ReadonlyMap<string, Problem>;

/**
 * The problems that replies may be, by the `type` that callers switch on: those of examples, and those whose schema has it as a
 * constant.
 */
export function problemsOf(replies: ReadonlyMap<string, Json>, document: Json): Problems {
  const found = new Map<string, Problem>();
  for (const [status, reply] of replies) {
    const { schema, examples } = toJson(toJson(reply.content)[PROBLEM]);
    const forms = formsOf(schema, document);
    const shown = Object.values(toJson(examples)).map(
      (example) => toJson(follow(example, document).value).type,
    );
    const types = [...forms.map(typeOf), ...shown].filter((type) => typeof type === "string");
    const plain = forms.filter((form) => typeOf(form) === undefined);
    for (const type of types) {
      const own = forms.find((form) => typeOf(form) === type);
      found.set(type, { status, schema: own ?? { anyOf: plain } });
    }
  }
  return found;
}

function formsOf(schema: unknown, document: Json): readonly Json[] {
  const { anyOf, oneOf, ...own } = follow(schema, document);
  const forms = [...listOf(anyOf), ...listOf(oneOf)];
  return forms.length === 0 ? [own] : forms.flatMap((form) => formsOf(form, document));
}

function typeOf(form: Json): unknown {
  const type = toJson(form.properties).type;
  return isJson(type) ? type.const : undefined;
}

export function compareProblems(before: Problems, after: Problems, documents: Documents): readonly Change[] {
  const { gone, fresh, kept } = sortNames(before.keys(), after.keys());
  return [
    ...gone.map((type) => breaking(placeOf(type), "is gone")),
    ...fresh.map((type) => news(placeOf(type), `is new, with the status ${after.get(type)?.status}`)),
    ...kept.flatMap((type) => {
      const [was, is] = [before.get(type), after.get(type)];
      if (was === undefined || is === undefined) return [];
      const moved = `has the status ${is.status} now, and had ${was.status}`;
      return [
        ...(was.status === is.status ? [] : [breaking(placeOf(type), moved)]),
        ...schemaChanges(placeOf(type), [toSchema(was.schema), toSchema(is.schema)], "reply", documents),
      ];
    }),
  ];
}

function placeOf(type: string): string {
  return `problem ${type.replace(/^urn:problem:/, "")}`;
}
