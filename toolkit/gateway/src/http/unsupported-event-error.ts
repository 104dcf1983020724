import { fieldsOf, isObject } from "./dialects/untrusted.ts";
import { excerpt } from "./excerpt.ts";

/** So many fields of an event are named at most. */
const MOST_FIELDS = 8;

/**
 * Those who do not name themselves, by a field that only their events have: at the top, in the request's context or in the
 * first record.
 */
const AUTHORIZER = "API Gateway, for an authorizer";
const SOURCES = {
  methodArn: AUTHORIZER,
  routeArn: AUTHORIZER,
  connectionId: "an API Gateway WebSocket API",
  raw_path: "VPC Lattice",
  serviceArn: "VPC Lattice",
  cf: "CloudFront",
  triggerSource: "Cognito",
  awslogs: "CloudWatch Logs",
  deliveryStreamArn: "Firehose",
  inputTranscript: "Lex",
  stash: "AppSync",
  ResponseURL: "CloudFormation",
  actionGroup: "Bedrock",
};

/**
 * Thrown for an event that is not an HTTP request, such as a message from SQS: there is nobody to reply to, and
 * only a failed invocation makes the service that sent it retry, or keep the event in a dead-letter queue.
 */
export class UnsupportedEventError extends Error {
  override readonly name = "UnsupportedEventError";

  constructor(event: unknown) {
    super(
      `This function answers HTTP requests of API Gateway, a function URL or a load balancer, and {"body": "…"}. ` +
        `What came is ${describe(event)}. Check what invokes it.`,
    );
  }
}

function describe(event: unknown): string {
  if (!isObject(event))
    return Array.isArray(event) ? "a list" : event === null ? "null" : `a ${typeof event}`;
  const [record] = [event.Records].flat();
  const fields = {
    ...fieldsOf<typeof event>(event.requestContext),
    ...fieldsOf<typeof event>(record),
    ...event,
  };
  const { eventSource, EventSource, source } = fields;
  const name =
    Object.entries(SOURCES).find(([key]) => key in fields)?.[1] ?? eventSource ?? EventSource ?? source;
  if (typeof name === "string") return `an event from ${excerpt(name)}`;
  const keys = Object.keys(event).slice(0, MOST_FIELDS).join(", ") || "no fields";
  return `an object with ${excerpt(keys)}`;
}
