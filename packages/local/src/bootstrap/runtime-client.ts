import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { format } from "node:util";
import type { Context } from "@lucky/gateway/events";

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const [hostname = "", port = ""] = (process.env.AWS_LAMBDA_RUNTIME_API ?? "").split(":");

/** Waits for the next event, for as long as it takes. */
export async function nextInvocation(): Promise<{ event: unknown; context: Context }> {
  const { headers, body } = await call("GET", "invocation/next");
  return { event: JSON.parse(body), context: toContext(headers) };
}

/** Throws a Runtime.JSONStringifyError for a result that JSON cannot say. */
export async function postResult(requestId: string, result: unknown): Promise<void> {
  await call("POST", `invocation/${requestId}/response`, stringify(result));
}

export async function postError(requestId: string, error: unknown): Promise<void> {
  await call("POST", `invocation/${requestId}/error`, JSON.stringify(describe(error)));
}

export async function postInitError(error: unknown): Promise<void> {
  await call("POST", "init/error", JSON.stringify(describe(error)));
}

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result) ?? "null"; // of undefined, a function or a symbol
  } catch {
    throw Object.assign(new Error("Unable to stringify response body"), {
      name: "Runtime.JSONStringifyError",
    });
  }
}

function describe(error: unknown): object {
  if (!(error instanceof Error))
    return { errorType: typeof error, errorMessage: format("%s", error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split("\n") ?? [] };
}

function call(
  method: "GET" | "POST",
  path: string,
  body = "",
): Promise<{ headers: IncomingHttpHeaders; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    headers: IncomingHttpHeaders;
    body: string;
  }>();
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  request({ agent, hostname, port, method, path: `/2018-06-01/runtime/${path}`, headers }, (response) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk) => chunks.push(chunk)).on("error", reject);
    response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
  })
    .on("error", reject)
    .end(body);
  return promise;
}

function toContext(headers: IncomingHttpHeaders): Context {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const { env } = process;
  return {
    awsRequestId: String(headers["lambda-runtime-aws-request-id"]),
    invokedFunctionArn: String(headers["lambda-runtime-invoked-function-arn"]),
    functionName: env.AWS_LAMBDA_FUNCTION_NAME ?? "",
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION ?? "",
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? "",
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME ?? "",
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME ?? "",
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}
