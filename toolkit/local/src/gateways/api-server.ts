import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Cors } from "@lucky/application/cors";
import { matchPath } from "@lucky/gateway/route";
import { foreignHostOf } from "@lucky/pages/host";
import type { Site } from "@lucky/pages/site";
import { isFromPage } from "../aws/aws-endpoint.ts";
import { type AwsService, awsError } from "../aws/aws-service.ts";
import { INVOKE_API } from "../aws/invoke-api.ts";
import type { InvocationResult } from "../lambda/environment.ts";
import { MAX_EVENT_BYTES } from "../lambda/invoke-options.ts";
import type { LambdaService } from "../lambda/lambda-service.ts";
import { chooseFunction, closestFunction, type RoutedFunction } from "./choose-function.ts";
import { answerPreflight, withCors } from "./cors.ts";
import { type Gateway, type Refusal, respond } from "./gateway.ts";
import { withOneSlash } from "./path-parameters.ts";
import type { HttpRequest } from "./request.ts";
import { newRequestIds } from "./request-ids.ts";
import { readTarget } from "./request-target.ts";
import type { HttpResponse } from "./response.ts";
import { refuseRaw, trySend } from "./send.ts";

/** What became of a request, told when its response has been sent. */
export type Exchange = {
  readonly method: string;
  /** Path and query, as the caller wrote them. */
  readonly target: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Where it came as far as a function. */
  readonly outcome?: InvocationResult;
  /** Why there is no answer from the function, where there is none. */
  readonly failure?: string;
};

export type ApiServerOptions = {
  readonly functions: readonly RoutedFunction[];
  readonly lambda: LambdaService;
  /** Answers what is asked at Lambda's own paths, which go first. */
  readonly invokeApi?: AwsService;
  readonly gateway: Gateway;
  readonly stage?: string;
  /** Undefined where no page of another host may call it. */
  readonly cors: Cors | undefined;
  /** Names that the Host may have beside this machine's addresses and localhost. */
  readonly allowedHosts?: readonly string[];
  /** Asked before each request where these change while it serves: as they are now. */
  readonly current?: () => Promise<Pick<ApiServerOptions, "functions" | "cors">>;
  /** What has paths of its own beside the API, and outside its stage; a contract with such a path goes first. */
  readonly site?: Site;
  onExchange(exchange: Exchange): void;
};

/** What a request gets, and how the invocation ended where it came as far as a function. */
type HandledRequest = { readonly response: HttpResponse; readonly outcome?: InvocationResult };

/** A gateway on this machine: each contract a route, each route a function. */
export function createApiServer(options: ApiServerOptions): Server {
  const { gateway, onExchange } = options;
  // Node counts the headers alone, so the rest of the limit is counted below.
  const server = createServer({ maxHeaderSize: gateway.maxHeaderBytes }, async (request, response) => {
    const { invokeApi } = options;
    if (invokeApi && request.url?.startsWith(INVOKE_API))
      return invokeByApi(invokeApi, options, request, response);
    const started = performance.now();
    const { method = "GET", url: target = "/" } = request;
    const { response: reply, outcome } = await answer(options, request).catch((error) => ({
      response: { ...gateway.refuse("internal-error"), failure: String(error) },
      outcome: undefined,
    }));
    const hasGone = request.socket.destroyed; // and so there is nobody to answer
    const { status, failure } = hasGone
      ? { status: 499, failure: "the caller hung up" }
      : trySend(response, reply, gateway);
    onExchange({
      method,
      target,
      milliseconds: performance.now() - started,
      status,
      ...(outcome && { outcome }),
      ...(failure !== undefined && { failure }),
    });
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => refuseRaw(gateway, error, socket));
  return server;
}

/** Lambda's own API, for programs on this machine alone. */
async function invokeByApi(
  invokeApi: AwsService,
  { allowedHosts, current }: ApiServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "GET", url = "/", headers } = request;
  await current?.();
  const isFromElsewhere = foreignHostOf(request, allowedHosts) !== undefined || isFromPage(headers);
  const tooMany = MAX_EVENT_BYTES + 1; // which Lambda's API refuses itself
  const body = await collectBody(request, tooMany).catch(() => undefined);
  const answered = isFromElsewhere
    ? awsError(403, "AccessDeniedException", "No web page may invoke functions.")
    : await invokeApi({ method, url, headers, body: body ?? Buffer.alloc(tooMany) });
  response.writeHead(answered.status, answered.headers).end(answered.body);
}

async function answer(options: ApiServerOptions, request: IncomingMessage): Promise<HandledRequest> {
  const { lambda, gateway, stage = gateway.stage, allowedHosts, site } = options;
  const { method = "GET", headers, socket } = request;
  const { target: url, host } = readTarget(request);
  const foreign = foreignHostOf(request, allowedHosts);
  if (foreign !== undefined) {
    const failure = `the Host ${foreign} is not this machine's: some page may be reaching for it (DNS rebinding). If it is yours: --allow-host <name>`;
    return { response: { ...gateway.refuse("wrong-stage"), status: 403, failure } };
  }
  const { functions, cors } = (await options.current?.()) ?? options;
  const ids = newRequestIds(String(headers["x-amzn-trace-id"] ?? ""));
  let isInvoked = false;
  const finish = (response: HttpResponse): HttpResponse => {
    const added = gateway.responseHeaders(ids, isInvoked);
    const identified = { ...response, headers: { ...response.headers, ...added } };
    return gateway.hasCors && cors ? withCors(identified, cors, headers) : identified;
  };
  const refuse = (refusal: Refusal, failure?: string): HandledRequest => ({
    response: finish({ ...gateway.refuse(refusal), ...(failure !== undefined && { failure }) }),
  });

  if (gateway.refusesUpgrade && headers.upgrade) {
    return refuse("bad-request", `${gateway.title} does not change to ${headers.upgrade}`);
  }
  const preflight = gateway.hasCors && cors && answerPreflight(cors, method, headers);
  if (preflight) return { response: preflight };
  const target = withoutStage(url, stage);
  const path = target && (gateway.isShared ? withOneSlash(pathOf(target)) : pathOf(target));
  const routed = path && chooseFunction(functions, { method, path }, gateway.choice);
  const asked = { method, path: pathOf(url), headers };
  const page = routed ? undefined : await site?.respond(asked);
  if (page) return { response: page };
  const chosen = routed || (path && !gateway.isShared && closestFunction(functions, path));
  if (!target || !chosen) {
    const hint = path && hintAt(functions, path);
    const isOfApi = hint !== undefined || (target !== undefined && target !== url); // another method of a route, or a stage's path
    const lost = isOfApi ? undefined : await site?.respondNotFound(asked);
    if (lost) return { response: lost };
    return target ? refuse("no-route", hint) : refuse("wrong-stage");
  }
  const body = await collectBody(request, gateway.maxBodyBytes);
  if (body === undefined) return refuse("body-too-large");

  const sourceIp = socket.remoteAddress ?? "127.0.0.1";
  const fields = pairsOf(request.rawHeaders).filter(([name]) => name.toLowerCase() !== "host");
  const plain: HttpRequest = {
    ...ids,
    method,
    target,
    headers: host === undefined ? fields : [["Host", host], ...fields],
    body,
    sourceIp,
    port: socket.localPort,
  };
  const { name, contract } = chosen;
  const event = JSON.stringify(gateway.toEvent(plain, contract.path, stage));
  isInvoked = true;
  // A function URL is Lambda's own, so that its requests have the ids of their invocations.
  const requestId = gateway.isShared ? undefined : ids.requestId;
  const outcome = await withTimeout(lambda.invoke(name, event, { requestId }), gateway.timeoutMs);
  if (outcome === "timeout") return refuse(outcome, `the function took longer than ${gateway.title} waits`);
  if (outcome === "throttled") {
    return refuse(outcome, "Rate Exceeded: every environment is busy (see --concurrency)");
  }
  if (outcome === "event-too-large")
    return refuse(outcome, "the event is larger than the 6 MB that Lambda takes");
  return { response: finish(respond(gateway, outcome)), outcome };
}

/** What the path has instead, for the author alone. */
function hintAt(functions: readonly RoutedFunction[], path: string): string | undefined {
  const near = functions.filter(({ contract }) => matchPath(contract.path, path) !== undefined);
  const routes = near.map(({ contract }) => `${contract.method} ${contract.path}`);
  return routes.length === 0 ? undefined : `there is no such route, but ${routes.join(", ")}`;
}

/** The target as the stage's routes know it; undefined if it is in another stage. */
function withoutStage(given: string, stage = "$default"): string | undefined {
  if (stage === "$default") return given;
  const target = withOneSlash(given);
  const base = `/${stage}`;
  if (target === base || target.startsWith(`${base}?`)) return `/${target.slice(base.length)}`;
  return target.startsWith(`${base}/`) ? target.slice(base.length) : undefined;
}

function pathOf(target: string): string {
  return target.split("?")[0] ?? "/";
}

/** Node lists names and values in turn. */
function pairsOf(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""]] : [],
  );
}

/** Undefined as soon as it is too large. */
function collectBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", reject);
  });
}

function withTimeout<T>(promise: Promise<T>, milliseconds: number | undefined): Promise<T | "timeout"> {
  if (milliseconds === undefined) return promise;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"timeout">((resolve) => {
    timer = setTimeout(resolve, milliseconds, "timeout");
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
