import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { toHttpEvent } from "./http-event.ts";
import { gatewayResponse, type HttpResponse, toHttpResponse } from "./http-response.ts";
import type { LambdaService } from "./lambda-service.ts";
import type { LambdaFunction } from "./workspace.ts";

/** Told of every request when its response has been sent. */
export type OnResponse = (request: {
  method: string;
  path: string;
  status: number;
  milliseconds: number;
}) => void;

/** An API Gateway HTTP API on this machine: each contract a route, each route a function. */
export function createHttpApi(
  functions: readonly LambdaFunction[],
  lambda: LambdaService,
  onResponse: OnResponse = () => {},
): Server {
  const routes = new Map(
    functions.map(({ name, contract }) => [`${contract.method} ${contract.path}`, name]),
  );

  async function respond(request: IncomingMessage): Promise<HttpResponse> {
    const { method = "GET", url: target = "/", headers, socket } = request;
    const [path] = target.split("?");
    const routeKey = `${method} ${path}`;
    const functionName = routes.get(routeKey);
    if (functionName === undefined) return gatewayResponse(404, "Not Found");
    const body = await buffer(request);
    const sourceIp = socket.remoteAddress ?? "127.0.0.1";
    const event = toHttpEvent({ method, target, headers, body, sourceIp }, routeKey);
    return toHttpResponse(await lambda.invoke(functionName, JSON.stringify(event)));
  }

  return createServer(async (request, response) => {
    const started = performance.now();
    const { status } = await respond(request)
      .then((reply) => send(response, reply))
      .catch((error: unknown) => {
        if (!request.complete) return { status: 499 }; // the caller has gone, so there is nobody to answer
        console.error(error);
        return send(response, gatewayResponse(500, "Internal Server Error"));
      });
    const { method = "GET", url: path = "/" } = request;
    onResponse({ method, path, status, milliseconds: performance.now() - started });
  });
}

/** Throws for what HTTP cannot carry, such as a line break in a header. */
function send(response: ServerResponse, reply: HttpResponse): HttpResponse {
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  response.writeHead(reply.status, { "content-length": reply.body.length }).end(reply.body);
  return reply;
}
