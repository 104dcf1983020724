import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type AwsRequest, type AwsResponse, type AwsService, awsError, headerOf } from "./aws-service.ts";

const LOOPBACK = "127.0.0.1";
/** More than any call that is answered here may have. */
const MAX_BODY_BYTES = 20 * 1024 * 1024;

export type AwsEndpoint = {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  close(): void;
};

/**
 * AWS on this machine, for the SDKs in functions: services by the name that a signature has for them. Any other is refused with
 * an error that SDKs show, and do not try again, so that no function reaches AWS by mistake.
 */
export async function startAwsEndpoint(services: Readonly<Record<string, AwsService>>): Promise<AwsEndpoint> {
  const server = createServer(async (request, response) => {
    const { status, headers, body } = await answer(services, request).catch((error) =>
      awsError(500, "InternalFailure", String(error)),
    );
    response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
  });
  server.listen(0, LOOPBACK);
  await once(server, "listening");
  server.unref();
  const { port } = server.address() as AddressInfo; // listening on TCP, so it is no pipe's name
  return {
    url: `http://${LOOPBACK}:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  services: Readonly<Record<string, AwsService>>,
  incoming: IncomingMessage,
): Promise<AwsResponse> {
  const { method = "GET", url = "/", headers, socket } = incoming;
  if (headers.host !== `${LOOPBACK}:${socket.localPort}` || isFromPage(headers))
    return awsError(403, "AccessDeniedException", "Only functions on this machine may call AWS here.");
  const body = await collect(incoming);
  if (body === undefined)
    return awsError(413, "RequestEntityTooLarge", `A request has ${MAX_BODY_BYTES} bytes at most.`);
  const request: AwsRequest = { method, url, headers, body };
  const service = serviceOf(request);
  const own = Object.hasOwn(services, service) ? services[service] : undefined;
  return own ? own(request) : refuse(request, service);
}

/** A browser says from which page a request is; no SDK sends these. */
export function isFromPage(headers: IncomingMessage["headers"]): boolean {
  return headers.origin !== undefined || (headers["sec-fetch-site"] ?? "none") !== "none";
}

/** By the scope of its signature: `Credential=AKID/20260101/us-east-1/dynamodb/aws4_request`. */
function serviceOf(request: AwsRequest): string {
  const [, service = ""] =
    /Credential=[^/]+\/\d{8}\/[\w-]*\/([\w-]+)\//.exec(headerOf(request, "authorization") ?? "") ?? [];
  return service;
}

/** Those that speak XML; so do those that are called by a form. */
const XML: readonly string[] = ["s3", "s3express", "s3-outposts", "cloudfront", "route53"];

/** In the protocol of the service, for its SDK to read. */
function refuse(request: AwsRequest, service: string): AwsResponse {
  const what = service === "" ? "A call without a signature" : `The service ${service}`;
  const message = `${what} is not on this machine. Run with --aws to let functions call AWS itself, with your credentials.`;
  const isForm = (headerOf(request, "content-type") ?? "").startsWith("application/x-www-form-urlencoded");
  if (!isForm && !XML.includes(service)) return awsError(400, "ServiceNotOnThisMachine", message);
  const error = `<Code>ServiceNotOnThisMachine</Code><Message>${message}</Message>`;
  const body = isForm
    ? `<ErrorResponse><Error><Type>Sender</Type>${error}</Error></ErrorResponse>`
    : `<Error>${error}</Error>`;
  return { status: 400, headers: { "content-type": "text/xml" }, body };
}

/** Undefined where it is too large. */
async function collect(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}
