import type { Documents } from "../schema/compare.ts";
import { type Json, toJson } from "../schema/schema.ts";
import { breaking, type Change, news, schemaChanges, sortNames } from "./change.ts";
import { compareContent } from "./media-types.ts";
import { follow, type Operation } from "./operations.ts";
import { compareProblems, PROBLEM, problemsOf } from "./problems.ts";

/** Compares what callers get: the replies by status, and the problems by type. */
export function compareReplies(before: Operation, after: Operation, documents: Documents): readonly Change[] {
  const [was, is] = [repliesOf(before, documents.before), repliesOf(after, documents.after)];
  const [wasProblems, isProblems] = [problemsOf(was, documents.before), problemsOf(is, documents.after)];
  const areNamed = wasProblems.size + isProblems.size > 0;
  return [
    ...compareStatuses(areNamed ? withoutProblems(was) : was, areNamed ? withoutProblems(is) : is, documents),
    ...compareProblems(wasProblems, isProblems, documents),
  ];
}

type Replies = ReadonlyMap<string, Json>;

function repliesOf({ definition }: Operation, document: Json): Replies {
  return new Map(
    Object.entries(toJson(definition.responses)).map(([status, reply]) => [
      status.toUpperCase(),
      follow(reply, document),
    ]),
  );
}

/** Without what has a name, and is compared by it. */
function withoutProblems(replies: Replies): Replies {
  const others = [...replies].flatMap(([status, reply]): [string, Json][] => {
    if (toJson(reply.content)[PROBLEM] === undefined) return [[status, reply]];
    const { [PROBLEM]: _, ...content } = toJson(reply.content);
    return Object.keys(content).length === 0 ? [] : [[status, { ...reply, content }]];
  });
  return new Map(others);
}

function compareStatuses(before: Replies, after: Replies, documents: Documents): readonly Change[] {
  const { gone, fresh, kept } = sortNames(before.keys(), after.keys());
  const pairs = [
    ...kept.map((status) => [status, status]),
    ...gone.map((status) => [status, rangeFor(status, after)]),
    ...fresh.map((status) => [rangeFor(status, before), status]),
  ];
  return pairs.flatMap(([was, is]) => {
    if (is === undefined) return [breaking(`reply ${was}`, "is gone")];
    if (was === undefined)
      return [isSuccess(is) ? breaking(`reply ${is}`, "is new") : news(`reply ${is}`, "is new")];
    return compareReply(`reply ${is}`, before.get(was) ?? {}, after.get(is) ?? {}, documents);
  });
}

/** A caller that knows what to do with a 200 has no use for a 202; errors that it does not know it must expect. */
function isSuccess(status: string): boolean {
  return /^2/.test(status);
}

/** What stands for a status that is not listed, such as 4XX. */
function rangeFor(status: string, replies: Replies): string | undefined {
  return [`${status[0]}XX`, "DEFAULT"].find((range) => range !== status && replies.has(range));
}

function compareReply(place: string, before: Json, after: Json, documents: Documents): readonly Change[] {
  const [was, is] = [toJson(before.content), toJson(after.content)];
  return [
    ...compareHeaders(
      place,
      headersOf(before, documents.before),
      headersOf(after, documents.after),
      documents,
    ),
    ...compareContent(place, [was, is], "reply", documents),
  ];
}

function headersOf(reply: Json, document: Json): ReadonlyMap<string, Json> {
  const headers = Object.entries(toJson(reply.headers));
  return new Map(headers.map(([name, header]) => [name.toLowerCase(), follow(header, document)]));
}

function compareHeaders(
  place: string,
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
  documents: Documents,
): readonly Change[] {
  const { gone, fresh, kept } = sortNames(before.keys(), after.keys());
  const placeOf = (name: string) => `${place} header ${name}`;
  return [
    ...gone.map((name) => breaking(placeOf(name), "is gone")),
    ...fresh.map((name) => news(placeOf(name), "is new")),
    ...kept.flatMap((name) => {
      const [was, is] = [toJson(before.get(name)), toJson(after.get(name))];
      const isOptional = was.required === true && is.required !== true;
      return [
        ...(isOptional ? [breaking(placeOf(name), "is optional now")] : []),
        ...schemaChanges(placeOf(name), [was.schema, is.schema], "reply", documents),
      ];
    }),
  ];
}
