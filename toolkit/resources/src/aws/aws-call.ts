import { setTimeout as delay } from "node:timers/promises";
import { AwsError, ThrottledError, UnknownOutcomeError } from "./aws-error.ts";
import { type Reply, send } from "./send.ts";
import type { JsonService } from "./service.ts";
import { timeLeftMs } from "./time-left.ts";

export { dynamodb, type JsonService, ssm } from "./service.ts";

export type CallOptions = {
  /** Whether to do it twice is to do it once; then it is repeated where its outcome is unknown. */
  readonly isRepeatable?: boolean;
};

const TRIES = 5;
const FIRST_DELAY_MS = 25;
/** AWS has not done these. */
const THROTTLED =
  /^(?:Throttling|ThrottlingException|ThrottledException|ProvisionedThroughputExceededException|RequestLimitExceeded|TooManyRequestsException|LimitExceededException|TransactionInProgressException)$/;

/**
 * One call of an AWS service, signed with the function's own credentials. It gives AWS's answer as it is; what AWS says may be
 * tried again is, with growing random waits, as long as there is time. It costs a third of an SDK at a cold start.
 *
 *     const { Items } = await awsCall(dynamodb, "Scan", { TableName: draws.name }, { isRepeatable: true });
 *
 * Throws an AwsError, a ThrottledError, or an UnknownOutcomeError for a call that is not repeatable.
 */
export async function awsCall<Output>(
  service: JsonService,
  action: string,
  input: object,
  { isRepeatable = false }: CallOptions = {},
): Promise<Output> {
  const body = JSON.stringify(input);
  const what = `${service.name} ${action}`;
  for (let attempt = 1; ; attempt++) {
    const outcome = await send(service, action, body, isRepeatable).then(read, (error: Error) => ({ error }));
    if ("value" in outcome) return outcome.value as Output; // as AWS documents it
    const { error } = outcome;
    const isThrottled = error instanceof AwsError && THROTTLED.test(error.name);
    const isUnknown = !(error instanceof AwsError) || error.status >= 500;
    if (!isThrottled && !isUnknown) throw error;
    if (!isThrottled && !isRepeatable) {
      const message = `${what} may or may not have been done: ${error.message}`;
      throw new UnknownOutcomeError(message, { cause: error });
    }
    const wait = Math.random() * FIRST_DELAY_MS * 2 ** attempt;
    if (attempt === TRIES || timeLeftMs() < wait) {
      const message = `${what} was tried ${attempt} times: ${error.message}`;
      throw isThrottled ? new ThrottledError(message, { cause: error }) : error;
    }
    await delay(wait);
  }
}

function read({ status, text }: Reply): { readonly value: unknown } | { readonly error: AwsError } {
  const value = parse(text);
  if (status === 200 && value !== undefined) return { value };
  const { __type: type, message, Message, ...details } = value ?? {};
  // "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"
  const name = typeof type === "string" ? type.replace(/^.*#/, "") : `Status${status}`;
  const said = message ?? Message ?? (value ? name : "the answer is not JSON");
  return { error: new AwsError(name, String(said), status, details) };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return Object(JSON.parse(text || "{}"));
  } catch {
    return undefined;
  }
}
