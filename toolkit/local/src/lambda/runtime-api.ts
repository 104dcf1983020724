import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LAMBDA_RESULT_BYTES } from "@lucky/gateway/result-size";

const ROOT = "/2018-06-01/runtime";

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
};

/** Lambda's side of the Runtime API, for one execution environment: one client, one invocation at a time. */
export type RuntimeApi = {
  /** `host:port`, for AWS_LAMBDA_RUNTIME_API. */
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

/** https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html, on a free loopback port. */
export async function serveRuntimeApi(): Promise<RuntimeApi> {
  let current: Current | undefined;
  let waiting: ServerResponse | undefined;

  const server = createServer((request, response) => {
    const route = `${request.method} ${request.url}`;
    const requestId = current?.invocation.requestId;
    if (route === `GET ${ROOT}/invocation/next`) {
      waiting = response;
      setImmediate(handOver); // what the client logged before it asked comes first
    } else if (route === `POST ${ROOT}/init/error`) {
      receive(request, response, true);
    } else if (route === `POST ${ROOT}/invocation/${requestId}/response`) {
      receive(request, response, false);
    } else if (route === `POST ${ROOT}/invocation/${requestId}/error`) {
      receive(request, response, true);
    } else {
      request.resume();
      reply(response, 400, { errorType: "InvalidRequestID", errorMessage: `nothing awaits ${route}` });
    }
  });
  // A client may wait for its next event as long as it likes.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;

  /** A client may ask for the next event before its last result has come through. */
  function handOver(): void {
    if (current === undefined || current.isTaken || waiting === undefined) return;
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
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const payload = Buffer.concat(chunks);
      if (payload.length > LAMBDA_RESULT_BYTES) {
        reply(response, 413, {
          errorType: "RequestEntityTooLarge",
          errorMessage: "Exceeded maximum payload size",
        });
        const errorMessage = `Response payload size (${payload.length} bytes) exceeded maximum allowed payload size (${LAMBDA_RESULT_BYTES} bytes).`;
        return fail("Function.ResponseSizeTooLarge", errorMessage);
      }
      reply(response, 202, { status: "OK" });
      settle({ payload: payload.toString(), isFunctionError });
    });
  }

  function fail(errorType: string, errorMessage: string): void {
    settle({ payload: JSON.stringify({ errorType, errorMessage, trace: [] }), isFunctionError: true });
  }

  function settle(settled: Settled): void {
    current?.settle(settled);
    current = undefined;
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`, // listening on TCP, so it is no pipe's name
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

function reply(response: ServerResponse, status: number, body: object): void {
  const json = JSON.stringify(body);
  response
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(json) })
    .end(json);
}
