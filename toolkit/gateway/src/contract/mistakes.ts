import { type Contract, repliesOf } from "./contract.ts";
import { type Described, definitionOf } from "./definition.ts";
import { describedMistakes } from "./described-mistakes.ts";
import { gatewayProblems } from "./gateway-problems.ts";
import { camelCase } from "./name.ts";
import { typeOf } from "./one-of.ts";
import { parameterNames } from "./route.ts";
import { findRouteMistake } from "./route-mistake.ts";
import { essenceOf, type Schema } from "./schema.ts";
import { namesOf } from "./schema-names.ts";
import { CALL_PARTS } from "./uses.ts";

/**
 * Why a contract cannot be kept, in a sentence that says what to change; undefined where all can be. Types refuse most of it
 * already where a contract is written; this sees what they cannot, and what was written without them.
 *
 *     findContractMistake({ "read-user": { method: "GET", path: "/users/{id}", params: z.object({ userId: z.string() }), … } })
 *     // "The contract read-user cannot be kept: its params ask for userId, and /users/{id} has no {userId}."
 */
export function findContractMistake(contracts: Readonly<Record<string, Contract>>): string | undefined {
  const calls = new Map<string, string>();
  for (const [name, contract] of Object.entries(contracts)) {
    const route = findRouteMistake(contract);
    if (route) return `The contract ${name}: ${route}`;
    const { value: mistake } = mistakesOf(contract).next(); // the first
    if (mistake) return `The contract ${name} cannot be kept: ${mistake}.`;
    const call = camelCase(name);
    const twin = calls.get(call);
    if (twin !== undefined)
      return `The contracts ${twin} and ${name} are both ${call} for clients: call one of them something else.`;
    calls.set(call, name);
  }
  return undefined;
}

function* mistakesOf(contract: Contract): Generator<string> {
  const { method, path, params, query, headers, cookies, body, reply, problems = {} } = contract;
  const parts = { params, query, headers, cookies };
  for (const [part, schema] of Object.entries({ ...parts, body }))
    if (schema !== undefined && !isSchema(schema)) yield `its ${part} is no schema`;
  if (params) yield* paramsMistakes(path, params);
  for (const name of namesOf(headers)) {
    if (name !== name.toLowerCase())
      yield `its headers ask for ${name}, and names arrive in lower case: write ${name.toLowerCase()}`;
  }
  if (contract.idempotent === "idempotency-key") {
    if (method === "GET") yield "a GET may be repeated without an idempotency-key: leave idempotent out";
    if (!namesOf(headers).includes("idempotency-key"))
      yield "it is idempotent by its idempotency-key, and its headers do not ask for that: add it to them";
  }
  if (body && method === "GET") yield "a GET has no body: ask for a query, or for another method";
  const bodies = body?.several ?? [body];
  const types = bodies.map((each) => each && essenceOf(typeOf(each)));
  for (const type of types)
    if (types.indexOf(type) < types.lastIndexOf(type)) yield `its body has ${type} twice`;
  for (const [part, schema] of Object.entries(parts)) yield* textMistakes(part, schema);
  for (const each of bodies) {
    const { schema, files = {} } = each?.media?.fields ?? {};
    yield* textMistakes("form", schema);
    for (const name of namesOf(schema))
      if (Object.hasOwn(files, name))
        yield `its form has ${name} as a field and as a file: call one of them something else`;
  }
  if (Object(reply) !== reply || !(isSchema(reply) || Object.keys(reply).length > 0)) yield "it has no reply";
  else {
    yield* replyMistakes(contract);
    yield* describedMistakes(contract);
  }
  for (const [kind, { status }] of Object.entries(problems)) yield* problemMistakes(kind, status);
  for (const name of CALL_PARTS)
    if (Object.hasOwn(contract.uses ?? {}, name))
      yield `it uses something as ${name}, which a call has by itself: give it another name`;
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
    if (schema !== null && !isSchema(schema))
      yield `its reply ${status} is no schema, nor null for one without a body`;
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

function isSchema(value: unknown): boolean {
  return Object(Object(value)["~standard"]).validate !== undefined;
}

/** What never arrives where all is text, and what to write for it. */
const READING: Readonly<Record<string, string>> = {
  number: "z.coerce.number()",
  boolean: "z.stringbool()",
  bigint: "z.coerce.bigint()",
  date: "z.coerce.date()",
};

function* textMistakes(part: string, schema: Schema | undefined): Generator<string> {
  // If zod made it.
  for (const [name, field] of fieldsOf(schema as Described | undefined)) {
    const own = definitionOf(field);
    const { type = "", coerce } = own.element ? definitionOf(own.element) : own;
    if (coerce && type === "boolean")
      yield `z.coerce.boolean() makes true of every text, "false" too: write z.stringbool() for ${name} of its ${part}`;
    if (!coerce && READING[type])
      yield `text arrives, and ${name} of its ${part} is a ${type}: write ${READING[type]}`;
  }
}

/** The fields of an object, of each form that it may have; one that holds itself is read once. */
function fieldsOf(
  schema: Described | undefined,
  read: readonly unknown[] = [],
): readonly (readonly [name: string, field: Described])[] {
  const definition = definitionOf(schema);
  if (read.includes(definition)) return [];
  const { shape = {}, options = [], left, right, valueType } = definition;
  const parts = [...options, left, right].filter((part) => part !== undefined);
  const others = valueType ? [["each field", valueType] as const] : [];
  return [
    ...Object.entries(shape),
    ...parts.flatMap((part) => fieldsOf(part, [...read, definition])),
    ...others,
  ];
}
