import { type Contract, repliesOf } from "./contract.ts";
import { type Described, definitionOf } from "./definition.ts";
import { gatewayProblems } from "./gateway-problems.ts";
import { typeOf } from "./one-of.ts";
import { parameterNames } from "./route.ts";
import type { Schema } from "./schema.ts";
import { namesOf } from "./schema-names.ts";

/**
 * Why a contract cannot be kept, in a sentence that says what to change; undefined where all can be. Types refuse most of it
 * already where a contract is written; this sees what they cannot, and what was written without them.
 *
 *     findContractMistake({ "read-user": { method: "GET", path: "/users/{id}.json", … } })
 *     // "The contract read-user cannot be kept: a parameter is a whole segment of a path, such as {id}, and {id}.json is none."
 */
export function findContractMistake(contracts: Readonly<Record<string, Contract>>): string | undefined {
  for (const [name, contract] of Object.entries(contracts)) {
    const { value: mistake } = mistakesOf(contract).next(); // the first
    if (mistake) return `The contract ${name} cannot be kept: ${mistake}.`;
  }
  return undefined;
}

function* mistakesOf(contract: Contract): Generator<string> {
  const { method, path, params, query, headers, cookies, body, problems = {} } = contract;
  yield* pathMistakes(path);
  if (params) yield* paramsMistakes(path, params);
  for (const name of namesOf(headers)) {
    if (name !== name.toLowerCase())
      yield `its headers ask for ${name}, and names arrive in lower case: write ${name.toLowerCase()}`;
  }
  if (body && method === "GET") yield "a GET has no body: ask for a query, or for another method";
  const form = body?.media?.fields?.schema;
  const types = body?.several?.map(typeOf) ?? [];
  for (const type of types)
    if (types.indexOf(type) < types.lastIndexOf(type)) yield `its body has ${type} twice`;
  for (const [part, schema] of Object.entries({ params, query, headers, cookies, form })) {
    for (const name of coercedBooleans(schema))
      yield `z.coerce.boolean() makes true of every text, "false" too: write z.stringbool() for ${name} of its ${part}`;
  }
  if (contract.reply === undefined) yield "it has no reply";
  else yield* replyMistakes(contract);
  for (const [kind, { status }] of Object.entries(problems)) yield* problemMistakes(kind, status);
}

function* pathMistakes(path: string): Generator<string> {
  const seen = new Set<string>();
  const segments = path.slice(1).split("/");
  for (const [index, segment] of segments.entries()) {
    const [, name, greedy] = /^\{([^{}+]+)(\+?)\}$/.exec(segment) ?? [];
    if (/[?#\s]/.test(segment))
      yield `its path has ${JSON.stringify(segment)}: a query or a space is no part of it`;
    if (name === undefined) {
      if (/[{}]/.test(segment))
        yield `a parameter is a whole segment of a path, such as {id}, and ${segment} is none`;
      continue;
    }
    if (seen.has(name)) yield `its path has {${name}} twice`;
    if (greedy && index < segments.length - 1) yield `{${name}+} takes all that follows: put it last`;
    seen.add(name);
  }
}

function* paramsMistakes(path: string, params: Schema): Generator<string> {
  const asked = namesOf(params);
  const given = parameterNames(path);
  for (const name of asked)
    if (!given.includes(name)) yield `its params ask for ${name}, and ${path} has no {${name}}`;
  // A schema that asks for nothing by name takes whatever comes.
  for (const name of given)
    if (asked.length > 0 && !asked.includes(name))
      yield `${path} has {${name}}, and its params leave that out`;
}

function* replyMistakes(contract: Contract): Generator<string> {
  for (const [status, schema] of Object.entries(repliesOf(contract))) {
    if (!/^[2-5]\d\d$/.test(status))
      yield `it has a reply of status ${status}, and one that ends a request is 200 to 599`;
    if (schema?.several ?? schema?.media?.read)
      yield `a reply of status ${status} is of one media type, and no form`;
    if (schema !== null && ["204", "205", "304"].includes(status))
      yield `a reply of status ${status} has no body: write null for its schema`;
  }
}

function* problemMistakes(kind: string, status: number): Generator<string> {
  if (Object.hasOwn(gatewayProblems, kind))
    yield `its problem ${kind} is one of the gateway's own: call it something else`;
  if (!/^[\w.-]+$/.test(kind))
    yield `its problem ${JSON.stringify(kind)} is part of a URN: use letters, digits and dashes`;
  if (!Number.isInteger(status) || status < 400 || status > 599)
    yield `its problem ${kind} has the status ${status}, and a problem's is 400 to 599`;
}

function coercedBooleans(schema: Schema | undefined): string[] {
  const { shape = {} } = definitionOf(schema as Described | undefined); // if zod made it
  return Object.keys(shape).filter((name) => {
    const { type, coerce } = definitionOf(shape[name]);
    return type === "boolean" && coerce;
  });
}
