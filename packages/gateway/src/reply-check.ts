import { type Contract, replySchema } from "./contract.ts";
import { toFieldProblem } from "./input.ts";
import { Reply, reply } from "./reply.ts";

/** Thrown, or in production only logged, when a function answers what its contract does not promise. */
export class BrokenContractError extends Error {
  override readonly name = "BrokenContractError";
}

type Checked = { readonly checked: Reply; readonly mediaType: string | undefined; readonly error?: Error };

/**
 * Holds what a function returned to its contract, and gives it as the schema does: without the fields that the
 * contract does not name. A broken contract throws, but where NODE_ENV is "production" the reply is sent as it is,
 * and the error only logged: there the caller is better off with it than with a 500.
 */
export async function checkReply(contract: Contract, returned: unknown): Promise<Checked> {
  const given = returned instanceof Reply ? returned : reply(200, returned);
  const schema = replySchema(contract, given.status);
  const mediaType = schema?.mediaType;
  const result = await schema?.["~standard"].validate(given.body);
  if (result !== undefined && result.issues === undefined) {
    return { checked: new Reply(given.status, result.value, given), mediaType };
  }
  if (schema === null && given.body === undefined) return { checked: given, mediaType };

  const faults = result?.issues?.map(toFieldProblem).map(({ pointer, detail }) => `${pointer}: ${detail}`);
  const fault =
    faults?.join(" ") ?? (schema === null ? "a body where it has none" : "a status it does not have");
  const error = new BrokenContractError(`${contract.method} ${contract.path}, ${given.status}: ${fault}`);
  if (process.env.NODE_ENV !== "production") throw error;
  return { checked: given, mediaType, error };
}
