import { readBody } from "./body.ts";
import type { Contract, Input, Output, Schema } from "./contract.ts";
import { receive } from "./dialect.ts";
import type { Context, HttpResult, RestResult } from "./events.ts";
import { Problem } from "./problem.ts";
import { json, type Reply } from "./reply.ts";
import type { Request } from "./request.ts";

/** What a function is given: the body as the contract's schema gives it, and where it came from. */
export type Call<C extends Contract> = {
  readonly body: C extends { readonly body: infer Body extends Schema } ? Output<Body> : undefined;
  readonly request: Request;
  readonly context: Context;
};

/** The function itself. It returns the value of the reply; whatever it throws becomes a 500 that tells nothing. */
export type Run<C extends Contract> = (call: Call<C>) => Input<C["reply"]> | Promise<Input<C["reply"]>>;

export type Handler = (event: unknown, context: Context) => Promise<HttpResult | RestResult>;

/**
 * Makes a Lambda handler of a contract and the function that fulfils it. The result is in the dialect of the
 * event. It rejects with UnsupportedEventError for an event that is not HTTP, and never otherwise.
 */
export function lambda<C extends Contract>(contract: C, run: Run<C>): Handler {
  return async (event, context) => {
    const { request, dialect } = receive(event, contract);
    return dialect.write(await answer(contract, run, request, context));
  };
}

async function answer<C extends Contract>(
  contract: C,
  run: Run<C>,
  request: Request,
  context: Context,
): Promise<Reply> {
  try {
    const body = contract.body && (await readBody(contract, contract.body, request));
    if (body instanceof Problem) return body.toReply(context.awsRequestId);
    return json(200, await run({ body: body as Call<C>["body"], request, context })); // as the schema gave it
  } catch (error) {
    console.error({ route: `${contract.method} ${contract.path}`, requestId: context.awsRequestId, error });
    const detail = "Try again later. If it happens again, report the instance.";
    return new Problem("internal-error", detail).toReply(context.awsRequestId);
  }
}
