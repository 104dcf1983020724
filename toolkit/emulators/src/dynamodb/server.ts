import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { crc32 } from "node:zlib";
import { refuseRequest } from "./guard.ts";
import { isServiceError, serviceError } from "./service-error.ts";

const MAX_BYTES = 16 * 1024 * 1024;
const TARGET = /^DynamoDB_20120810\.(\w+)$/;

type Answer = { readonly status: number; readonly body: unknown };

/** What answers a call: DynamoDB's operation and the request's body. */
export type Call = (operation: string, request: object) => Promise<unknown>;

/** DynamoDB's protocol over HTTP. Rejects where the port is taken. */
export async function serve(
  call: Call,
  {
    host,
    port,
    isBackground,
  }: { readonly host: string; readonly port: number; readonly isBackground: boolean },
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    request.on("error", () => {}); // a caller that hangs up; its response goes nowhere
    const { status, body } = await answer(call, request);
    const text = JSON.stringify(body);
    response.writeHead(status, {
      "content-type": "application/x-amz-json-1.0",
      "content-length": Buffer.byteLength(text),
      "x-amz-crc32": crc32(text),
      "x-amzn-requestid": crypto.randomUUID(),
    });
    response.end(text);
  });
  await listen(server, host, port);
  if (isBackground) server.unref();
  const address = server.address() as AddressInfo; // a server on a port has one
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return { url: `http://${name}:${address.port}`, close: () => close(server) };
}

async function answer(call: Call, request: IncomingMessage): Promise<Answer> {
  const refusal = refuseRequest(request);
  if (refusal !== undefined) return { status: 403, body: errorBody("AccessDeniedException", refusal) };
  try {
    const body = await readBody(request);
    if (body === undefined)
      return { status: 413, body: errorBody("RequestEntityTooLargeException", "The request exceeds 16 MB.") };
    const [, operation] = TARGET.exec(String(request.headers["x-amz-target"])) ?? [];
    if (request.method !== "POST" || operation === undefined)
      return {
        status: 400,
        body: errorBody("UnknownOperationException", "This is DynamoDB's protocol alone."),
      };
    if (!isSigned(request))
      return {
        status: 400,
        body: errorBody("MissingAuthenticationTokenException", "Request is missing Authentication Token"),
      };
    return { status: 200, body: await call(operation, parse(body)) };
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): Answer {
  if (isServiceError(error)) return { status: error.statusCode, body: error.body };
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: 500,
    body: errorBody("InternalServerError", `The DynamoDB on this machine failed: ${message}`),
  };
}

function errorBody(name: string, message: string): unknown {
  return serviceError(name, message).body;
}

function parse(body: string): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    parsed = undefined;
  }
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed;
  throw serviceError("SerializationException", "The request is no object in JSON.");
}

/** None where there is too much. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_BYTES) chunks.push(chunk);
  }
  return length > MAX_BYTES ? undefined : Buffer.concat(chunks).toString();
}

/** Any signature will do, as a client that forgot to sign would fail on AWS. */
function isSigned({ headers, url = "" }: IncomingMessage): boolean {
  return headers.authorization?.startsWith("AWS4-") === true || url.includes("X-Amz-Algorithm=");
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
