import type { LambdaFunction } from "@lucky/application/application";
import type { Contract } from "@lucky/gateway/contract";
import { type Dialect, type DialectName, dialectOf, dialects, receive } from "@lucky/gateway/dialect";
import { Problem, toReply } from "@lucky/gateway/problem";
import { Reply } from "@lucky/gateway/reply";
import { type Request, urlOf } from "@lucky/gateway/request";
import { type Step, type StepName, steps } from "@lucky/gateway/steps";
import { UnsupportedEventError } from "@lucky/gateway/unsupported-event-error";

/** One line about an event; `ok` where it says what came of a step. */
export type Finding = { readonly name: string; readonly finding: string; readonly ok?: boolean };

export type Explanation = {
  readonly findings: readonly Finding[];
  /** Of the gateway's own answer; undefined where the function runs, and for an event that nobody can answer. */
  readonly status?: number;
};

const SENDERS: Readonly<Record<DialectName, string>> = {
  http: "an HTTP API or a function URL (payload 2.0): requestContext has http",
  rest: "a REST API (payload 1.0): httpMethod is text, and requestContext has no elb",
  alb: "a load balancer: httpMethod is text, and requestContext has elb",
  bare: "an event by hand: a body, and nothing that a gateway adds",
};

/** What there is to say of a step that lets a request pass. */
const PASSED: Readonly<Record<StepName, (contract: Contract, request: Request) => string | undefined>> = {
  route: () => "is the contract's",
  options: () => undefined,
  body: (contract, { body }) => contract.body && (body ? "can be read" : "is not there"),
  contract: () => "is kept: the function runs",
};

/** Takes an event through the very steps that its function's handler takes, up to the one that ends the request. */
export async function explainEvent(event: unknown, { name, contract }: LambdaFunction): Promise<Explanation> {
  const dialect = dialectOf(event);
  if (dialect === undefined) {
    return { findings: [{ name: "event", finding: new UnsupportedEventError(event).message, ok: false }] };
  }
  const { request } = receive(event, contract);
  const about = [
    { name: "event", finding: describeSender(dialect) },
    { name: "function", finding: `${name}: ${contract.method} ${contract.path}` },
    { name: "method", finding: request.method },
    { name: "url", finding: urlOf(request) },
    { name: "path", finding: describePath(request) },
    { name: "type", finding: describeType(request) },
    { name: "body", finding: describeBody(request) },
  ];
  const { findings, status } = await takeSteps(contract, request);
  return { findings: [...about, ...findings], ...(status !== undefined && { status }) };
}

async function takeSteps(contract: Contract, request: Request): Promise<Explanation> {
  const findings: Finding[] = [];
  const input = {};
  for (const [name, step] of Object.entries(steps) as [StepName, Step][]) {
    // it has no others
    try {
      const ended = await step(contract, request, input);
      if (ended !== undefined) {
        const { status } = ended instanceof Problem ? toReply(ended, contract, "") : ended;
        findings.push({ name, finding: describeEnd(status, ended), ok: ended instanceof Reply });
        return { findings, status };
      }
    } catch (error) {
      findings.push({ name, finding: `500 internal-error: the contract's schema threw ${error}`, ok: false });
      return { findings, status: 500 };
    }
    const finding = PASSED[name](contract, request);
    if (finding !== undefined) findings.push({ name, finding, ok: true });
  }
  return { findings };
}

function describeSender(dialect: Dialect): string {
  const names = Object.keys(dialects) as DialectName[]; // it has no others
  return names
    .filter((name) => dialects[name] === dialect)
    .map((name) => SENDERS[name])
    .join();
}

function describePath({ path, route }: Request): string {
  return `${path}, ${route ? `for the route ${route}` : "and no route"}`;
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

function describeEnd(status: number, ended: Problem | Reply): string {
  if (ended instanceof Reply) {
    const headers = Object.entries(ended.headers).map(([name, value]) => `, ${name}: ${value}`);
    return `${status}, without the function${headers.join("")}`;
  }
  const errors = ended.details.errors ?? [];
  const lines = errors.map((each) => `\n    ${each.in ?? "body"} ${each.pointer}: ${each.detail}`);
  return `${status} ${ended.kind}: ${ended.detail}${lines.join("")}`;
}
