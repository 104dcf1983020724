import { connect } from "node:net";
import type { Context } from "@lucky/gateway/events";
import { runtimeError, toErrorPayload } from "./errors.ts";

/** What AWS's client adds for functions of tenants, and for tracing. */
type RuntimeContext = Context & {
  readonly tenantId: string | undefined;
  readonly xRayTraceId: string | undefined;
};

type Response = { readonly headers: ReadonlyMap<string, string>; readonly body: string };

const END_OF_HEADERS = "\r\n\r\n";
const { AWS_LAMBDA_RUNTIME_API: address = "" } = process.env;
// On this machine a path follows it: a secret, without which nobody is answered.
const [authority = "", secret] = address.split("/");
const base = secret === undefined ? "" : `/${secret}`;
const [hostname = "", port = ""] = authority.split(":");
const socket = connect({ host: hostname, port: Number(port), noDelay: true });

/** Who waits for a response, in the order of the requests. */
const waiting: ((response: Response) => void)[] = [];
let unread: Buffer = Buffer.alloc(0);

// The Runtime API of this package answers one connection in order, and always tells the length; node:http would take
// several times as long for it.
socket.on("data", (chunk) => {
  unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
  for (let response = takeResponse(); response !== undefined; response = takeResponse())
    waiting.shift()?.(response);
  if (waiting.length === 0) socket.unref(); // a function that waits for nothing else ends, as it does on Lambda
});
socket.unref();
// The Runtime API is gone, and this environment with it.
socket.on("error", () => process.exit(1));
socket.on("close", () => process.exit(1));

/** Waits for the next event, for as long as it takes. */
export async function nextInvocation(): Promise<{ event: unknown; context: RuntimeContext }> {
  const { headers, body } = await call("GET", "invocation/next");
  const traceId = headers.get("lambda-runtime-trace-id");
  if (traceId) process.env._X_AMZN_TRACE_ID = traceId;
  else delete process.env._X_AMZN_TRACE_ID;
  return { event: JSON.parse(body), context: toContext(headers) };
}

/** Keeps this process while the event is handled, though nothing else may. */
export function holdProcess(): void {
  socket.ref();
}

export function postResult(requestId: string, result: string | Buffer): void {
  call("POST", `invocation/${requestId}/response`, result);
}

export function postError(requestId: string, error: unknown): void {
  call("POST", `invocation/${requestId}/error`, JSON.stringify(toErrorPayload(error)));
}

export async function postInitError(error: unknown): Promise<void> {
  await call("POST", "init/error", JSON.stringify(toErrorPayload(error)));
}

/** Throws a Runtime.JSONStringifyError, or a TypeError, for a result that JSON cannot say. */
export function stringify(result: unknown): string {
  try {
    const json = JSON.stringify(result === undefined ? null : result);
    if (typeof json === "string") return json;
  } catch {
    throw runtimeError("Runtime.JSONStringifyError", "Unable to stringify response body");
  }
  throw new TypeError("Wrong arguments"); // of a function or a symbol, as AWS's client words it
}

function call(method: "GET" | "POST", path: string, body: string | Buffer = ""): Promise<Response> {
  const { promise, resolve } = Promise.withResolvers<Response>();
  waiting.push(resolve);
  socket.ref();
  socket.cork(); // a result and the question for the next event become one packet
  process.nextTick(() => socket.uncork());
  const head = `${method} ${base}/2018-06-01/runtime/${path} HTTP/1.1\r\nhost: ${authority}\r\n`;
  // On Linux it is read in /proc, where ru_maxrss has that of the parent in it.
  const memory =
    process.platform === "linux" ? "" : `lucky-peak-memory: ${process.resourceUsage().maxRSS}\r\n`;
  const fields = `${memory}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}${END_OF_HEADERS}`;
  if (typeof body === "string") socket.write(`${head}${fields}${body}`);
  else socket.write(Buffer.concat([Buffer.from(head + fields), body]));
  return promise;
}

/** The first whole response of what has come; undefined until it has. */
function takeResponse(): Response | undefined {
  const start = unread.indexOf(END_OF_HEADERS);
  if (start === -1) return undefined;
  const [, ...fields] = unread.toString("latin1", 0, start).split("\r\n");
  const headers = new Map(fields.map((field) => splitField(field)));
  const from = start + END_OF_HEADERS.length;
  const to = from + Number(headers.get("content-length"));
  if (unread.length < to) return undefined;
  const body = unread.toString("utf8", from, to);
  unread = unread.subarray(to);
  return { headers, body };
}

function splitField(field: string): [name: string, value: string] {
  const at = field.indexOf(":");
  return [field.slice(0, at).toLowerCase(), field.slice(at + 1).trim()];
}

function toContext(headers: Response["headers"]): RuntimeContext {
  const deadline = Number(headers.get("lambda-runtime-deadline-ms"));
  const { env } = process;
  return {
    clientContext: parseField(headers, "lambda-runtime-client-context"),
    identity: parseField(headers, "lambda-runtime-cognito-identity"),
    awsRequestId: headers.get("lambda-runtime-aws-request-id") ?? "",
    invokedFunctionArn: headers.get("lambda-runtime-invoked-function-arn") ?? "",
    tenantId: headers.get("lambda-runtime-aws-tenant-id"),
    xRayTraceId: headers.get("lambda-runtime-trace-id"),
    getRemainingTimeInMillis: () => deadline - Date.now(),
    functionName: env.AWS_LAMBDA_FUNCTION_NAME ?? "",
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION ?? "",
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? "",
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME ?? "",
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME ?? "",
  };
}

function parseField(headers: Response["headers"], name: string) {
  const json = headers.get(name);
  return json ? JSON.parse(json) : undefined;
}
