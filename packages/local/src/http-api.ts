import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { matchPath } from "@lucky/gateway/route";
import type { Outcome } from "./environment.ts";
import { toHttpEvent } from "./events/http.ts";
import type { ChosenRoute } from "./events/http-request.ts";
import { gatewayResponse, type HttpResponse, toHttpResponse } from "./http-response.ts";
import type { LambdaService } from "./lambda-service.ts";
import type { LambdaFunction } from "./workspace.ts";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** What became of a request, told when its response has been sent. */
export type Exchange = {
  readonly method: string;
  /** Path and query, as the caller wrote them. */
  readonly target: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Where it came as far as a function. */
  readonly outcome?: Outcome;
  /** Why there is no answer from the function, where there is none. */
  readonly failure?: string;
};

/** An API Gateway HTTP API on this machine: each contract a route, each route a function. */
export function createHttpApi(
  functions: readonly LambdaFunction[],
  lambda: LambdaService,
  onExchange: (exchange: Exchange) => void,
): Server {
  type Answer = { response: HttpResponse; outcome?: Outcome };

  async function answer(request: IncomingMessage): Promise<Answer> {
    const { method = "GET", url: target = "/", socket } = request;
    if (!isLocal(request.headers.host)) {
      const failure = `the Host ${request.headers.host} is not this machine's: some page may be reaching for it (DNS rebinding)`;
      return { response: { ...gatewayResponse(403, "Forbidden"), failure } };
    }
    const route = findRoute(functions, method, target.split("?")[0] ?? "/");
    if (route === undefined) return { response: gatewayResponse(404, "Not Found") };
    const body = await readBody(request);
    if (body === undefined) return { response: gatewayResponse(413, "Request Entity Too Large") };
    const sourceIp = socket.remoteAddress ?? "127.0.0.1";
    const event = toHttpEvent(
      { method, target, headers: pairsOf(request.rawHeaders), body, sourceIp },
      route,
    );
    const outcome = await lambda.invoke(route.functionName, JSON.stringify(event));
    const plain = toHttpResponse(outcome);
    const response = {
      ...plain,
      headers: { ...plain.headers, "apigw-requestid": event.requestContext.requestId },
    };
    return outcome === undefined ? { response } : { response, outcome };
  }

  return createServer(async (request, response) => {
    const started = performance.now();
    const { method = "GET", url: target = "/" } = request;
    const tell = (rest: Pick<Exchange, "status" | "outcome" | "failure">) =>
      onExchange({ method, target, milliseconds: performance.now() - started, ...rest });
    try {
      const { response: reply, outcome } = await answer(request);
      send(response, reply);
      const { status, failure } = reply;
      tell({ status, ...(outcome && { outcome }), ...(failure !== undefined && { failure }) });
    } catch (error) {
      // When the caller has gone, there is nobody to answer.
      if (!request.complete) return tell({ status: 499, failure: "the caller hung up" });
      send(response, gatewayResponse(500, "Internal Server Error"));
      tell({ status: 500, failure: String(error) });
    }
  });
}

/** Whether a Host field names this machine, whatever the port. */
function isLocal(host = "localhost"): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\]|[\w-]+\.localhost)(?::\d+)?$/i.test(host);
}

type Route = ChosenRoute & { readonly functionName: string };

/** A path without parameters goes before one with them. */
function findRoute(functions: readonly LambdaFunction[], method: string, path: string): Route | undefined {
  const routes = functions.flatMap(({ name, contract }): Route[] => {
    if (contract.method !== method || (path.endsWith("/") && path !== contract.path)) return [];
    const params = matchPath(contract.path, path);
    return params ? [{ functionName: name, path: contract.path, params }] : [];
  });
  return routes.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0];
}

/** Node lists names and values in turn. */
function pairsOf(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""]] : [],
  );
}

/** Undefined as soon as it is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Throws for what HTTP cannot carry, such as a line break in a header. */
function send(response: ServerResponse, reply: HttpResponse): HttpResponse {
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  response.writeHead(reply.status, { "content-length": reply.body.length }).end(reply.body);
  return reply;
}
