import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LAMBDA_RESULT_BYTES } from "@lucky/gateway/result-size";
import { isFromOutside, makeSecret, type SecretPlace, watchStrangers } from "./runtime-api-access.ts";
import { accept, isErrorObject, peakMemoryOf, refuse } from "./runtime-api-messages.ts";

const ROOT = "/2018-06-01/runtime";
const REPORT = /^invocation\/[^/]+\/(?:response|error)$/;

export type Invocation = {
  readonly requestId: string;
  /** The event, as JSON. */
  readonly event: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
};

/** What the client, or the environment on its behalf, says of an invocation. */
export type Settled = {
  /** JSON: the result, or `{ errorType, errorMessage, trace }`. */
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

  const server = createServer((request, response) => {
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
    const { event, requestId, timeoutMs, functionArn } = current.invocation;
    waiting
      .writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(event),
        "lambda-runtime-aws-request-id": requestId,
        "lambda-runtime-deadline-ms": Date.now() + timeoutMs,
        "lambda-runtime-invoked-function-arn": functionArn,
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
      const payload = Buffer.concat(chunks).toString();
      if (isFunctionError && !isErrorObject(payload)) {
        return fail("Runtime.Unknown", `The runtime client reported no error: ${payload.slice(0, 200)}`);
      }
      settle({ payload, isFunctionError, ...peakMemoryOf(request) });
    });
  }

  function fail(errorType: string, errorMessage: string): void {
    settle({ payload: JSON.stringify({ errorType, errorMessage, trace: [] }), isFunctionError: true });
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
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
