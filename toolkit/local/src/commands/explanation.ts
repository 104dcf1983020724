import type { LambdaFunction } from "@lucky/application/application";
import { readBody } from "@lucky/gateway/body";
import { type Dialect, dialectOf, receive } from "@lucky/gateway/dialect";
import { alb } from "@lucky/gateway/dialects/alb";
import { bare } from "@lucky/gateway/dialects/bare";
import { http } from "@lucky/gateway/dialects/http";
import { rest } from "@lucky/gateway/dialects/rest";
import { readInput } from "@lucky/gateway/input";
import { matchRoute } from "@lucky/gateway/match-route";
import { gatewayProblems, Problem } from "@lucky/gateway/problem";
import { type Request, urlOf } from "@lucky/gateway/request";
import { matchPath } from "@lucky/gateway/route";
import { UnsupportedEventError } from "@lucky/gateway/unsupported-event-error";

/** One thing that the gateway finds out about an event; `ok` where it is a check. */
export type Step = { readonly name: string; readonly finding: string; readonly ok?: boolean };

const because = new Map<Dialect, string>([
  [http, "an HTTP API or a function URL (payload 2.0): requestContext has http"],
  [rest, "a REST API (payload 1.0): httpMethod is text, and requestContext has no elb"],
  [alb, "a load balancer: httpMethod is text, and requestContext has elb"],
  [bare, "an event by hand: a body, and nothing that a gateway adds"],
]);

/** What the gateway makes of an event for a function, in the order in which it does, up to the first refusal. */
export async function explain(event: unknown, { name, contract }: LambdaFunction): Promise<readonly Step[]> {
  const dialect = dialectOf(event);
  if (dialect === undefined) return [refusal("event", new UnsupportedEventError(event).message)];

  const { request } = receive(event, contract);
  const steps: Step[] = [
    { name: "event", finding: because.get(dialect) ?? "" },
    { name: "function", finding: `${name}: ${contract.method} ${contract.path}` },
    { name: "method", finding: request.method },
    { name: "url", finding: urlOf(request) },
    {
      name: "path",
      finding: `${request.path}, ${request.route ? `for the route ${request.route}` : "and no route"}`,
    },
    { name: "type", finding: describeType(request) },
    { name: "body", finding: describeBody(request) },
  ];
  const params = matchRoute(contract, request);
  if (params instanceof Problem) return [...steps, toRefusal("route", params)];
  steps.push({ name: "route", finding: "is the contract's", ok: true });

  const body = contract.body && readBody(contract, contract.body, request);
  if (body instanceof Problem) return [...steps, toRefusal("body", body)];
  if (contract.body) steps.push({ name: "body", finding: "can be read", ok: true });

  const input = await readInput(contract, request, params);
  if (input instanceof Problem) return [...steps, toRefusal("contract", input)];
  return [...steps, { name: "contract", finding: "is kept: the function runs", ok: true }];
}

/** The function that an event is for: by the route that its gateway chose, or by its path. */
export function functionOf(event: unknown, functions: readonly LambdaFunction[]): LambdaFunction | undefined {
  const dialect = dialectOf(event);
  if (dialect === undefined || dialect === bare) return undefined;
  return functions.find(({ contract }) => {
    const { route, path } = dialect.read(event as object, contract); // a dialect is only of objects
    return route === `${contract.method} ${contract.path}` || matchPath(contract.path, path) !== undefined;
  });
}

function describeType({ headers }: Request): string {
  if (headers === undefined) return "no headers at all: read as the contract wants it";
  return headers["content-type"] ?? "no content-type among the headers";
}

function describeBody({ body, isBase64Encoded }: Request): string {
  if (!body) return "none";
  if (!isBase64Encoded) return `${Buffer.byteLength(body)} bytes: ${shorten(body)}`;
  const decoded = Buffer.from(body, "base64");
  return `${decoded.length} bytes from base64: ${shorten(decoded.toString())}`;
}

function shorten(text: string): string {
  const line = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

function toRefusal(name: string, { kind, detail, details }: Problem): Step {
  const { status } = gatewayProblems[kind as keyof typeof gatewayProblems]; // these checks have no others
  const errors =
    details.errors?.map((each) => `\n    ${each.in ?? "body"} ${each.pointer}: ${each.detail}`) ?? [];
  return refusal(name, `${status} ${kind}: ${detail}${errors.join("")}`);
}

function refusal(name: string, finding: string): Step {
  return { name, finding, ok: false };
}
