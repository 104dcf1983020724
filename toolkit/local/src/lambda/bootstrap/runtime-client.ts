import { connect } from "node:net";
import type { Context } from "@lucky/gateway/events";

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
});
// The Runtime API is gone, and this environment with it.
socket.on("error", () => process.exit(1));
socket.on("close", () => process.exit(1));

/** Waits for the next event, for as long as it takes. */
export async function nextInvocation(): Promise<{ event: unknown; context: Context }> {
  const { headers, body } = await call("GET", "invocation/next");
  return { event: JSON.parse(body), context: toContext(headers) };
}

/** Throws a Runtime.JSONStringifyError, or a TypeError, for a result that JSON cannot say. */
export function postResult(requestId: string, result: unknown): void {
  call("POST", `invocation/${requestId}/response`, stringify(result));
}

export function postError(requestId: string, error: unknown): void {
  call("POST", `invocation/${requestId}/error`, JSON.stringify(describe(error)));
}

export async function postInitError(error: unknown): Promise<void> {
  await call("POST", "init/error", JSON.stringify(describe(error)));
}

function stringify(result: unknown): string {
  try {
    const json = JSON.stringify(result === undefined ? null : result);
    if (typeof json === "string") return json;
  } catch {
    throw Object.assign(new Error("Unable to stringify response body"), {
      name: "Runtime.JSONStringifyError",
    });
  }
  throw new TypeError("Wrong arguments"); // of a function or a symbol, as AWS's client words it
}

function describe(error: unknown): object {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split("\n") ?? [] };
}

function call(method: "GET" | "POST", path: string, body = ""): Promise<Response> {
  const { promise, resolve } = Promise.withResolvers<Response>();
  waiting.push(resolve);
  const head = `${method} ${base}/2018-06-01/runtime/${path} HTTP/1.1\r\nhost: ${authority}\r\n`;
  // On Linux it is read in /proc, where ru_maxrss has that of the parent in it.
  const memory =
    process.platform === "linux" ? "" : `lucky-peak-memory: ${process.resourceUsage().maxRSS}\r\n`;
  socket.write(
    `${head}${memory}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}${END_OF_HEADERS}${body}`,
  );
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

function toContext(headers: Response["headers"]): Context {
  const deadline = Number(headers.get("lambda-runtime-deadline-ms"));
  const { env } = process;
  return {
    awsRequestId: headers.get("lambda-runtime-aws-request-id") ?? "",
    invokedFunctionArn: headers.get("lambda-runtime-invoked-function-arn") ?? "",
    functionName: env.AWS_LAMBDA_FUNCTION_NAME ?? "",
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION ?? "",
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? "",
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME ?? "",
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME ?? "",
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}
