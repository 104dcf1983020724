import { AwsError, ThrottledError, UnavailableError, UnknownOutcomeError } from "./aws-error.ts";
import { backOff } from "./clock.ts";
import { type Lost, type Reply, send } from "./send.ts";
import type { JsonService } from "./service.ts";

export { dynamodb, type JsonService, ssm } from "./service.ts";

export type CallOptions = {
  /** Whether to do it twice is to do it once; then it is repeated where its outcome is unknown. */
  readonly isRepeatable?: boolean;
  /** Whether an error of AWS's says, as throttling does, that nothing was done and another try may do it. */
  readonly isUndone?: (error: AwsError) => boolean;
};

const TRIES = 5;
const THROTTLED =
  /^(?:Throttl(?:ing|ed)(?:Exception)?|(?:ProvisionedThroughput|RequestLimit|Limit)Exceeded(?:Exception)?|TooManyRequestsException|Transaction(?:InProgress|Conflict)Exception)$/;
/** Of the connection: nothing was sent. */
const UNSENT = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/;

/**
 * One call of an AWS service, signed with the function's own credentials. It gives AWS's answer as it is; what AWS has not
 * done is tried again, with growing random waits, as long as there is time, and what may be done twice also where nobody knows.
 * It costs a third of an SDK at a cold start.
 *
 *     const { Items } = await awsCall(dynamodb, "Scan", { TableName: draws.name }, { isRepeatable: true });
 *
 * Throws an AwsError, a ThrottledError, an UnavailableError, or an UnknownOutcomeError for a call that is not repeatable.
 */
export async function awsCall<Output>(
  service: JsonService,
  action: string,
  input: object,
  { isRepeatable = false, isUndone = () => false }: CallOptions = {},
): Promise<Output> {
  const body = JSON.stringify(input);
  const what = `${service.name} ${action}`;
  for (let attempt = 1; ; attempt++) {
    const outcome = read(await send(service, action, body, isRepeatable));
    if ("value" in outcome) return outcome.value as Output; // as AWS documents it
    const { error, isUnknown } = outcome;
    const isThrottled = error instanceof AwsError && (THROTTLED.test(error.name) || isUndone(error));
    const isUnsent = UNSENT.test((error as NodeJS.ErrnoException).code ?? "");
    if (!isThrottled && !isUnknown) throw error;
    if (!isThrottled && !isUnsent && !isRepeatable)
      throw new UnknownOutcomeError(`${what} may or may not have been done: ${error.message}`, {
        cause: error,
      });
    if (attempt === TRIES || !(await backOff(attempt))) {
      const Kind = isThrottled ? ThrottledError : UnavailableError;
      throw new Kind(`${what} was tried ${attempt} times: ${error.message}`, { cause: error });
    }
  }
}

type Outcome = { readonly value: object } | { readonly error: Error; readonly isUnknown: boolean };

function read(reply: Reply | Lost): Outcome {
  if ("lost" in reply) return { error: reply.lost, isUnknown: true };
  const { status, text } = reply;
  const value = parse(text);
  if (status === 200 && value) return { value };
  const { __type: type, message, Message, ...details } = value ?? {};
  // "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"
  const name = typeof type === "string" ? type.replace(/^.*#/, "") : `Status${status}`;
  const said = String(message ?? Message ?? (value ? name : `status ${status}, and no JSON`));
  return { error: new AwsError(name, said, status, details), isUnknown: status >= 500 || !value };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return Object(JSON.parse(text || "{}"));
  } catch {
    return undefined;
  }
}
