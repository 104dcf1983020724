import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type Contract, replySchema } from "../contract/contract.ts";
import { Problem } from "../contract/problem.ts";
import { Reply, reply } from "../contract/reply.ts";
import type { Schema } from "../contract/schema.ts";
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
      context: { direction: "backward"; async: true },
    ) => Result | Promise<Result>;
  };
};

/**
 * Holds what a function returned to its contract, and gives it as it goes over the wire: encoded where the schema is
 * zod's, and without the fields that the contract does not name. Throws a BrokenContractError that says where a reply is
 * wrong; not what is there, which may be what the contract keeps from callers.
 */
export async function checkReply(
  contract: Contract,
  returned: unknown,
): Promise<{ readonly checked: Reply; readonly schema: Schema | null }> {
  const given = returned instanceof Reply ? returned : reply(200, returned);
  const { status, body } = given;
  const schema = replySchema(contract, status);
  if (schema)
    return { checked: new Reply(status, await toWire(contract, status, schema, body), given), schema };
  if (schema === null && body === undefined) return { checked: given, schema };
  throw new BrokenContractError(
    contract,
    status,
    schema === null ? "a body where it has none" : "a status it does not have",
  );
}

/** Holds the members of a problem to its contract likewise. */
export async function checkProblem(contract: Contract, problem: Problem): Promise<Problem> {
  const { kind, detail, details } = problem;
  const schema = contract.problems?.[kind]?.members;
  const members = schema && (await toWire(contract, kind, schema, details.members));
  return new Problem(kind, detail, { ...details, members });
}

/** A value as its schema sends it: one of zod runs backward, so that its codecs encode; any other validates. */
async function toWire(
  contract: Contract,
  what: number | string,
  schema: Schema & Encoder,
  given: unknown,
): Promise<unknown> {
  const encoded = schema._zod?.run({ value: given, issues: [] }, { direction: "backward", async: true });
  const { value, issues }: Result = await (encoded ?? schema["~standard"].validate(given));
  if (issues?.length)
    throw new BrokenContractError(contract, what, issues.slice(0, MOST_PLACES).map(toPlace).join(" "));
  return value;
}

function toPlace({ path = [] }: Partial<StandardSchemaV1.Issue>): string {
  return toFieldProblem({ path, message: "" }).pointer;
}
