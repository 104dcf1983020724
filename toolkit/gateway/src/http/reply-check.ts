import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type Contract, replySchema } from "../contract/contract.ts";
import type { Problem } from "../contract/problem.ts";
import { Reply, reply } from "../contract/reply.ts";
import type { Schema } from "../contract/schema.ts";
import { type Answer, toAnswer } from "./answer.ts";
import { toFieldProblem } from "./input.ts";

/** So many places are logged at most. */
const MOST_PLACES = 20;

/** Thrown when a function answers what its contract does not promise; the caller gets a 500, and never that answer. */
export class BrokenContractError extends Error {
  override readonly name = "BrokenContractError";

  constructor({ method, path }: Contract, what: number | string, fault: string) {
    super(`${method} ${path}, ${what}: ${fault}`);
  }
}

/** What a schema makes of a value. */
type Result = {
  readonly value?: unknown;
  readonly issues?: readonly Partial<StandardSchemaV1.Issue>[] | undefined;
};

/** What runs a schema of zod backward. It is zod's own business, and needs no import of zod; the tests here hold each release. */
type Encoder = {
  readonly _zod?: {
    readonly run: (
      start: { value: unknown; issues: [] },
      context: { direction: Direction; async: true },
    ) => Result | Promise<Result>;
  };
};

/**
 * Holds what a function returned to its contract, and gives it as it goes over the wire: encoded where the schema is
 * zod's, and without the fields that the contract does not name. Throws a BrokenContractError that says where a reply is
 * wrong; not what is there, which may be what the contract keeps from callers.
 */
export async function checkReply(contract: Contract, returned: unknown): Promise<Answer> {
  const given = returned instanceof Reply ? returned : reply(200, returned);
  const { status, body } = given;
  const schema = replySchema(contract, status);
  if (schema) {
    const value = accept(contract, status, await toWire(schema, body));
    return toAnswer(new Reply(status, value, given), schema);
  }
  if (schema === null && body === undefined) return toAnswer(given, null);
  throw new BrokenContractError(
    contract,
    status,
    schema === null ? "a body where it has none" : "a status it does not have",
  );
}

/** The members of a problem, held to its contract likewise; none where the contract names none. */
export async function checkMembers(contract: Contract, { kind, details }: Problem): Promise<unknown> {
  const schema = contract.problems?.[kind]?.members;
  return schema && accept(contract, kind, await toWire(schema, details.members));
}

type Direction = "backward" | "forward";
const directions = new WeakMap<Schema, Direction>();

/**
 * A value as its schema sends it: one of zod runs backward, so that its codecs encode; any other validates. Backward is a
 * third slower, so it is for what makes another value of a reply than of a request, or may: what holds itself has no JSON.
 */
function toWire(schema: Schema & Encoder, value: unknown): Result | Promise<Result> {
  let direction = directions.get(schema);
  if (!direction) {
    direction = "backward";
    try {
      if (!/"(?:pipe|lazy|transform|catch|\w*fault)"/.test(JSON.stringify(schema))) direction = "forward";
    } catch {}
    directions.set(schema, direction);
  }
  return (
    schema._zod?.run({ value, issues: [] }, { direction, async: true }) ?? schema["~standard"].validate(value)
  );
}

function accept(contract: Contract, what: number | string, { value, issues }: Result): unknown {
  if (!issues?.length) return value;
  const places = issues
    .slice(0, MOST_PLACES)
    .map(({ path = [] }) => toFieldProblem({ path, message: "" }).pointer);
  throw new BrokenContractError(contract, what, places.join(" "));
}
