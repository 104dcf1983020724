import type { Documents } from "../schema/compare.ts";
import { canonical, toJson } from "../schema/schema.ts";
import { breaking, type Change, news, schemaChanges, sortNames } from "./change.ts";
import { compareContent } from "./media-types.ts";
import { follow, type Operation, type Parameter } from "./operations.ts";

/** Compares what callers send: parameters and the body. */
export function compareRequests(
  before: Operation,
  after: Operation,
  documents: Documents,
): readonly Change[] {
  return [
    ...compareParameters(before.parameters, after.parameters, documents),
    ...compareBodies(before, after, documents),
  ];
}

function compareParameters(
  before: Operation["parameters"],
  after: Operation["parameters"],
  documents: Documents,
): readonly Change[] {
  const { gone, fresh, kept } = sortNames(before.keys(), after.keys());
  return [
    ...pick(before, gone).map(({ place }) => breaking(place, "is gone")),
    ...pick(after, fresh).map(({ place, definition }) =>
      definition.required === true ? breaking(place, "is new and required") : news(place, "is new"),
    ),
    ...kept.flatMap((key) => {
      const [was, is] = [before.get(key), after.get(key)];
      return was && is ? compareParameter(was, is, documents) : [];
    }),
  ];
}

function compareParameter(before: Parameter, after: Parameter, documents: Documents): readonly Change[] {
  const { place, definition: is } = after;
  const { definition: was } = before;
  const styleOf = ({ style, explode, allowReserved }: typeof was) =>
    canonical({ style, explode, allowReserved });
  return [
    ...compareRequired(place, was.required === true, is.required === true),
    ...(styleOf(was) === styleOf(is) ? [] : [breaking(place, "is written in another style")]),
    ...schemaChanges(place, [was.schema, is.schema], "request", documents),
    ...compareContent(place, [toJson(was.content), toJson(is.content)], "request", documents),
  ];
}

function compareBodies(before: Operation, after: Operation, documents: Documents): readonly Change[] {
  const place = "body";
  const was = follow(before.definition.requestBody, documents.before);
  const is = follow(after.definition.requestBody, documents.after);
  if (was.content === undefined && is.content === undefined) return [];
  if (is.content === undefined) return [breaking(place, "is gone")];
  const isRequired = is.required === true;
  if (was.content === undefined)
    return [isRequired ? breaking(place, "is new and required") : news(place, "is new")];
  return [
    ...compareRequired(place, was.required === true, isRequired),
    ...compareContent(place, [toJson(was.content), toJson(is.content)], "request", documents),
  ];
}

function compareRequired(place: string, was: boolean, is: boolean): readonly Change[] {
  if (was === is) return [];
  return [is ? breaking(place, "is required now") : news(place, "is optional now")];
}

function pick(parameters: Operation["parameters"], keys: readonly string[]): readonly Parameter[] {
  return keys.flatMap((key) => parameters.get(key) ?? []);
}
