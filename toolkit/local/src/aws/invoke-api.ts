import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { InvocationResult } from "../lambda/environment.ts";
import { type InvokeOptions, MAX_EVENT_BYTES, type Rejection } from "../lambda/invoke-options.ts";
import type { LogLine } from "../lambda/platform-log.ts";
import { type AwsRequest, type AwsResponse, type AwsService, awsError, headerOf } from "./aws-service.ts";

/** Where AWS has it, and so do others who run functions on a machine. */
export const INVOKE_API = "/2015-03-31/functions/";

const VERSION = "$LATEST";
/** What a function may be called by here: its only version, and the alias that prod has. */
const QUALIFIERS: readonly string[] = [VERSION, "live"];
const ARN =
  /^(?:arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:|\d{12}:(?:function:)?)?([\w-]+)(?::([\w$-]+))?$/;
const MAX_ASYNC_EVENT_BYTES = 1024 * 1024;
const LOG_TAIL_BYTES = 4096;
/** Of an event that nobody waits for; Lambda waits a minute, then two. */
const RETRY_DELAYS_MS: readonly number[] = [1000, 2000];

/** What became of an invocation that was asked for by the Invoke API. */
export type ApiInvocation = {
  readonly functionName: string;
  readonly type: InvocationType;
  readonly status: number;
  readonly milliseconds: number;
  readonly outcome?: InvocationResult;
  /** Why there is none. */
  readonly failure?: string;
};

export type InvocationType = "RequestResponse" | "Event" | "DryRun";
const TYPES: readonly InvocationType[] = ["Event", "RequestResponse", "DryRun"];

type Options = {
  /** Runs one event (JSON) in the function of that name. */
  readonly invoke: (
    name: string,
    event: string,
    options?: InvokeOptions,
  ) => Promise<InvocationResult | Rejection>;
  /** The functions that there are now. */
  readonly names: () => readonly string[];
  readonly onInvocation?: (invocation: ApiInvocation) => void;
  /** Resolves when an event that failed is to be tried again. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
};

/**
 * Lambda's Invoke: `POST /2015-03-31/functions/<name>/invocations`, for SDKs, AWS's command line and whatever else calls
 * functions by name. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function createInvokeApi({ invoke, names, onInvocation, wait = delay }: Options): AwsService {
  return async (request) => {
    const requestId = randomUUID();
    const response = await answer(request, requestId).catch((error) =>
      awsError(500, "ServiceException", String(error)),
    );
    return { ...response, headers: { ...response.headers, "x-amzn-requestid": requestId } };
  };

  async function answer(request: AwsRequest, requestId: string): Promise<AwsResponse> {
    const { method, url, body } = request;
    const { pathname, searchParams } = new URL(url, "http://localhost");
    const [named, action, ...more] = pathname.slice(INVOKE_API.length).split("/");
    if (method !== "POST" || action !== "invocations" || more.length > 0 || !named)
      return unknownCall(method, pathname);

    const type = headerOf(request, "x-amz-invocation-type") ?? "RequestResponse";
    if (!isType(type)) return invalid("invocationType", type, TYPES);
    const logType = headerOf(request, "x-amz-log-type") ?? "None";
    if (!["None", "Tail"].includes(logType)) return invalid("logType", logType, ["None", "Tail"]);

    const [, name = "", own] = ARN.exec(decode(named)) ?? [];
    const qualifier = searchParams.get("Qualifier") ?? own ?? VERSION;
    if (!names().includes(name) || !QUALIFIERS.includes(qualifier))
      return notFound(decode(named), name, qualifier);
    if (type === "DryRun") return { status: 204, headers: {}, body: "" };

    const limit = type === "Event" ? MAX_ASYNC_EVENT_BYTES : MAX_EVENT_BYTES;
    if (body.length > limit) return tooLarge(limit);
    const event = body.length === 0 ? "{}" : body.toString();
    const mistake = jsonMistake(event);
    if (mistake !== undefined)
      return awsError(
        400,
        "InvalidRequestContentException",
        `Could not parse request body into json: ${mistake}`,
      );
    const clientContext = clientContextOf(request);
    if (clientContext !== undefined && jsonMistake(clientContext) !== undefined)
      return awsError(
        400,
        "InvalidRequestContentException",
        "Client context must be a valid Base64-encoded JSON object.",
      );
    const given = { requestId, clientContext };
    if (type === "Event") {
      void runLater(name, event, given);
      return { status: 202, headers: {}, body: "" };
    }
    return run(name, event, given, logType === "Tail");
  }

  async function run(
    name: string,
    event: string,
    given: InvokeOptions,
    hasTail: boolean,
  ): Promise<AwsResponse> {
    const started = performance.now();
    const outcome = await invoke(name, event, given);
    const told = {
      functionName: name,
      type: "RequestResponse",
      milliseconds: performance.now() - started,
    } as const;
    if (outcome === "event-too-large") return tooLarge(MAX_EVENT_BYTES);
    if (outcome === "throttled") {
      onInvocation?.({
        ...told,
        status: 429,
        failure: "Rate Exceeded: every environment is busy (see --concurrency)",
      });
      const reason = { Reason: "ConcurrentInvocationLimitExceeded" };
      return awsError(429, "TooManyRequestsException", "Rate Exceeded.", reason);
    }
    onInvocation?.({ ...told, status: 200, outcome });
    return {
      status: 200,
      headers: {
        "content-type": "application/json",
        "x-amz-executed-version": VERSION,
        ...(outcome.isFunctionError && { "x-amz-function-error": "Unhandled" }),
        ...(hasTail && { "x-amz-log-result": tailOf(outcome.logs) }),
      },
      body: outcome.payload,
    };
  }

  /** As Lambda runs an event that nobody waits for: twice more where it fails, and for as long as it takes where it is throttled. */
  async function runLater(name: string, event: string, given: InvokeOptions): Promise<void> {
    for (let attempt = 0; ; ) {
      const started = performance.now();
      const outcome = await invoke(name, event, given).catch((error) => String(error));
      const isThrottled = outcome === "throttled";
      const failed = typeof outcome === "string" || outcome.isFunctionError;
      const pause = failed ? RETRY_DELAYS_MS[isThrottled ? 0 : attempt] : undefined;
      const again =
        pause === undefined ? "" : `tried again in ${pause / 1000} s (Lambda waits a minute, then two)`;
      const failure = [typeof outcome === "string" ? outcome : "", again].filter(Boolean).join("; ");
      onInvocation?.({
        functionName: name,
        type: "Event",
        status: 202,
        milliseconds: performance.now() - started,
        ...(typeof outcome === "object" && { outcome }),
        ...(failure && { failure }),
      });
      if (pause === undefined) return;
      if (!isThrottled) attempt++;
      await wait(pause);
    }
  }
}

function isType(type: string): type is InvocationType {
  return (TYPES as readonly string[]).includes(type);
}

function clientContextOf(request: AwsRequest): string | undefined {
  const given = headerOf(request, "x-amz-client-context");
  return given === undefined ? undefined : Buffer.from(given, "base64").toString();
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function jsonMistake(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The last of what the function wrote, and Lambda with it. */
function tailOf(logs: readonly LogLine[]): string {
  const all = Buffer.from(logs.map(({ text }) => `${text}\n`).join(""));
  return all.subarray(Math.max(0, all.length - LOG_TAIL_BYTES)).toString("base64");
}

function notFound(asked: string, name: string, qualifier: string): AwsResponse {
  const version = qualifier === VERSION ? "" : `:${qualifier}`;
  const arn = `arn:aws:lambda:us-east-1:123456789012:function:${name || asked}${version}`;
  return awsError(404, "ResourceNotFoundException", `Function not found: ${arn}`);
}

function tooLarge(limit: number): AwsResponse {
  const message = `Request must be smaller than ${limit} bytes for the InvokeFunction operation`;
  return awsError(413, "RequestTooLargeException", message);
}

function invalid(parameter: string, value: string, allowed: readonly string[]): AwsResponse {
  const message = `1 validation error detected: Value '${value}' at '${parameter}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(", ")}]`;
  return awsError(400, "ValidationException", message);
}

function unknownCall(method: string, path: string): AwsResponse {
  const message = `Lambda on this machine knows Invoke alone: POST ${INVOKE_API}<name>/invocations, and not ${method} ${path}.`;
  return awsError(404, "UnknownOperationException", message);
}
