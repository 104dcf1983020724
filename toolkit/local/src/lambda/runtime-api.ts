import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LAMBDA_RESULT_BYTES } from "@lucky/gateway/result-size";
import { isFromOutside, makeSecret, type SecretPlace, watchStrangers } from "./runtime-api-access.ts";
import { accept, isErrorObject, peakMemoryOf, refuse } from "./runtime-api-messages.ts";
import { createTraceId } from "./trace-id.ts";

const ROOT = "/2018-06-01/runtime";
const REPORT = /^invocation\/[^/]+\/(?:response|error)$/;
/** AWS's client says in a header, for X-Ray, what the body says of an error; it can send no more than this. */
const MAX_HEADER_BYTES = 2 ** 20;
/** Of a streamed result, after which the handler has failed. */
const ERROR_TRAILER = "lambda-runtime-function-error-body";

export type Invocation = {
  readonly requestId: string;
  /** The event, as JSON. */
  readonly event: string;
  readonly functionArn: string;
  /** JSON. */
  readonly clientContext?: string | undefined;
  /** Read when the event is handed over. */
  readonly timeoutMs: number;
};

/** What the client, or the environment on its behalf, says of an invocation. */
export type Settled = {
  /** JSON: the result, or `{ errorType, errorMessage }`, with a `trace` where the client says it. */
  readonly payload: string;
  /** Whether the function failed, as opposed to having answered. */
  readonly isFunctionError: boolean;
  /** The most memory that its process has had, where the client says so. */
  readonly peakMb?: number;
};

/** Lambda's side of the Runtime API, for one execution environment: one client, one invocation at a time. */
export type RuntimeApi = {
  /** `host:port`, and a path where the secret is in it, for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /**
   * Hands the event to the client as soon as it asks for one, and tells so. Resolves with what the client, or
   * `fail`, says of it.
   */
  invoke(invocation: Invocation, onTaken: () => void): Promise<Settled>;
  /** Ends the invocation under way, if there is one, for a reason that the client cannot report itself. */
  fail(errorType: string, errorMessage: string): void;
  /** Has nothing more to do with the client that has connected; another one takes its place. */
  reset(): void;
  close(): void;
};

type Current = { invocation: Invocation; isTaken: boolean; onTaken(): void; settle(settled: Settled): void };

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html, on a free loopback port. It answers nobody who does
 * not know its whole address, and no web page.
 */
export async function serveRuntimeApi(secretPlace: SecretPlace = "host"): Promise<RuntimeApi> {
  const { hostname, path: secretPath } = makeSecret(secretPlace);
  const root = `${secretPath}${ROOT}/`;
  let authority = "";
  let current: Current | undefined;
  let waiting: ServerResponse | undefined;
  let hasStarted = false;

  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    const { method, url = "" } = request;
    const isKnown = strangers.isAdmitted(request.socket) || !isFromOutside(request, authority);
    if (!url.startsWith(root) || !isKnown) {
      response.setHeader("connection", "close"); // and with it what may still come
      return refuse(response, 403, "Forbidden", "only the environment's own process is answered");
    }
    strangers.admit(request.socket);
    const path = url.slice(root.length);
    const isNext = path === "invocation/next";
    if (method !== (isNext ? "GET" : "POST")) {
      const status = isNext || path === "init/error" || REPORT.test(path) ? 405 : 404;
      return refuse(response, status, status === 405 ? "MethodNotAllowed" : "NotFound", `${method} ${path}`);
    }
    if (isNext) return next(response);
    if (path === `invocation/${current?.invocation.requestId}/response`)
      return receive(request, response, false);
    if (path === `invocation/${current?.invocation.requestId}/error`) return receive(request, response, true);
    if (REPORT.test(path)) return refuse(response, 400, "InvalidRequestID", `nothing awaits ${path}`);
    if (path !== "init/error") return refuse(response, 404, "NotFound", `there is no ${path}`);
    if (hasStarted) return refuse(response, 403, "InvalidStateTransition", "the init has ended");
    receive(request, response, true);
  });
  // A client connects before its init, and may wait for its next event as long as it likes.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  const strangers = watchStrangers(server);

  function next(response: ServerResponse): void {
    if (waiting?.destroyed === false) {
      refuse(response, 403, "InvalidStateTransition", "another connection awaits the next event");
      return;
    }
    hasStarted = true;
    waiting = response;
    setImmediate(handOver); // what the client logged before it asked comes first
  }

  /** A client may ask for the next event before its last result has come through. */
  function handOver(): void {
    if (current === undefined || current.isTaken || waiting === undefined || waiting.destroyed) return;
    const { event, requestId, timeoutMs, functionArn, clientContext } = current.invocation;
    waiting
      .writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(event),
        "lambda-runtime-aws-request-id": requestId,
        "lambda-runtime-deadline-ms": Date.now() + timeoutMs,
        "lambda-runtime-invoked-function-arn": functionArn,
        "lambda-runtime-trace-id": createTraceId(),
        ...(clientContext !== undefined && { "lambda-runtime-client-context": asAscii(clientContext) }),
      })
      .end(event);
    waiting = undefined;
    current.isTaken = true;
    current.onTaken();
  }

  function receive(request: IncomingMessage, response: ServerResponse, isFunctionError: boolean): void {
    const reported = current;
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LAMBDA_RESULT_BYTES) chunks.push(chunk);
    });
    request.on("end", () => {
      if (reported !== current) {
        return refuse(response, 400, "InvalidRequestID", "the invocation has ended meanwhile");
      }
      if (size > LAMBDA_RESULT_BYTES) {
        refuse(response, 413, "RequestEntityTooLarge", "Exceeded maximum payload size");
        const errorMessage = `Response payload size (${size} bytes) exceeded maximum allowed payload size (${LAMBDA_RESULT_BYTES} bytes).`;
        return fail("Function.ResponseSizeTooLarge", errorMessage);
      }
      accept(response);
      const late = request.trailers[ERROR_TRAILER];
      const isError = isFunctionError || late !== undefined;
      const payload = (late ? Buffer.from(late, "base64") : Buffer.concat(chunks)).toString();
      if (isError && !isErrorObject(payload)) {
        return fail("Runtime.Unknown", `The runtime client reported no error: ${payload.slice(0, 200)}`);
      }
      settle({ payload, isFunctionError: isError, ...peakMemoryOf(request) });
    });
  }

  function fail(errorType: string, errorMessage: string): void {
    settle({ payload: JSON.stringify({ errorType, errorMessage }), isFunctionError: true });
  }

  function settle(settled: Settled): void {
    current?.settle(settled);
    current = undefined;
  }

  server.listen(0, hostname);
  await once(server, "listening");
  authority = `${hostname}:${(server.address() as AddressInfo).port}`; // listening on TCP, so it is no pipe's name
  return {
    address: `${authority}${secretPath}`,
    invoke(invocation, onTaken) {
      return new Promise((settle) => {
        current = { invocation, isTaken: false, onTaken, settle };
        handOver();
      });
    },
    fail,
    reset() {
      hasStarted = false;
      waiting = undefined;
      server.closeAllConnections();
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The same JSON in what a header may have. */
function asAscii(json: string): string {
  return json.replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
