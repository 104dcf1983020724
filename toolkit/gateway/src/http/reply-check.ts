import { type Contract, replySchema } from "../contract/contract.ts";
import { Reply, reply } from "../contract/reply.ts";
import type { Schema } from "../contract/schema.ts";
import { toFieldProblem } from "./input.ts";

/** Thrown, or in production only logged, when a function answers what its contract does not promise. */
export class BrokenContractError extends Error {
  override readonly name = "BrokenContractError";
}

/** What stands in for the schema that a reply lacks. */
const anyJson: Schema = { "~standard": { version: 1, vendor: "lucky", validate: (value) => ({ value }) } };

type Checked = { readonly checked: Reply; readonly schema: Schema | null; readonly error?: Error };

/**
 * Holds what a function returned to its contract, and gives it as the schema does: without the fields that the
 * contract does not name. A broken contract throws, but where NODE_ENV is "production" the reply is sent as it is,
 * and the error only logged: there the caller is better off with it than with a 500.
 */
export async function checkReply(contract: Contract, returned: unknown): Promise<Checked> {
  const given = returned instanceof Reply ? returned : reply(200, returned);
  const schema = replySchema(contract, given.status);
  const result = await schema?.["~standard"].validate(given.body);
  if (schema && result?.issues === undefined)
    return { checked: new Reply(given.status, result?.value, given), schema };
  if (schema === null && given.body === undefined) return { checked: given, schema };

  const isProduction = process.env.NODE_ENV === "production";
  // A schema's message may repeat the value, which is no business of a production log.
  const faults = result?.issues?.map(toFieldProblem).map(({ pointer, detail }) => {
    return isProduction ? pointer : `${pointer}: ${detail}`;
  });
  const fault =
    faults?.join(" ") ?? (schema === null ? "a body where it has none" : "a status it does not have");
  const error = new BrokenContractError(`${contract.method} ${contract.path}, ${given.status}: ${fault}`);
  if (!isProduction) throw error;
  return { checked: given, schema: schema ?? (given.body === undefined ? null : anyJson), error };
}
