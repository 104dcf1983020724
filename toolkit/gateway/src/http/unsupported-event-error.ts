import { isObject } from "./dialects/untrusted.ts";

/**
 * Thrown for an event that is not an HTTP request, such as a message from SQS: there is nobody to reply to, and
 * only a failed invocation makes the service that sent it retry, or keep the event in a dead-letter queue.
 */
export class UnsupportedEventError extends Error {
  override readonly name = "UnsupportedEventError";

  constructor(event: unknown) {
    super(
      `This function answers HTTP requests from API Gateway (REST or HTTP API) or a function URL, ` +
        `and {"body": "…"} for a call by hand. What came is ${describe(event)}. Check what invokes the function.`,
    );
  }
}

function describe(event: unknown): string {
  if (!isObject(event))
    return Array.isArray(event) ? "a list" : event === null ? "null" : `a ${typeof event}`;
  const source = sourceOf(event);
  if (source !== undefined) return `an event from ${source}`;
  const keys = Object.keys(event);
  return keys.length === 0 ? "an empty object" : `an object with ${keys.slice(0, 8).join(", ")}`;
}

/** The service that sent an event, by the field in which it names itself. */
function sourceOf(event: Readonly<Record<string, unknown>>): string | undefined {
  const [record] = Array.isArray(event.Records) ? event.Records : [];
  if (isObject(record)) {
    return isObject(record.cf) ? "CloudFront" : nameOf(record.eventSource ?? record.EventSource);
  }
  if ("detail-type" in event) return nameOf(event.source) ?? "EventBridge";
  if ("triggerSource" in event) return "Cognito";
  if ("methodArn" in event || "routeArn" in event) return "API Gateway, for an authorizer";
  if (isObject(event.requestContext) && "connectionId" in event.requestContext)
    return "an API Gateway WebSocket API";
  return undefined;
}

function nameOf(source: unknown): string | undefined {
  return typeof source === "string" ? source.slice(0, 64) : undefined;
}
