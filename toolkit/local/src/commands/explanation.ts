import type { LambdaFunction } from "@lucky/application/application";
import type { Contract } from "@lucky/gateway/contract";
import { type Dialect, type DialectName, dialectOf, dialects, receive } from "@lucky/gateway/dialect";
import { type FieldProblem, Problem, toReply } from "@lucky/gateway/problem";
import type { Reply } from "@lucky/gateway/reply";
import { type Request, urlOf } from "@lucky/gateway/request";
import { type Step, type StepName, steps } from "@lucky/gateway/steps";
import { UnsupportedEventError } from "@lucky/gateway/unsupported-event-error";

/** What there is to say about an event; `ok` where it is what came of a step. */
export type Finding = {
  readonly name: string;
  readonly finding: string;
  readonly ok?: boolean;
  /** The values that were refused. */
  readonly errors?: readonly string[];
};

type Explained = Pick<LambdaFunction, "name" | "contract">;

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
  parts: () => undefined,
  body: (contract, { body }) => (contract.body && body ? "can be read" : undefined),
  contract: () => "is kept: the function runs, if its own checks let it",
};

/**
 * Takes an event through the very steps of the contract that its function's handler takes, up to the one that ends the
 * request. Checks that the function shares with others are the function's, and not taken.
 */
export async function explainEvent(event: unknown, { name, contract }: Explained): Promise<Explanation> {
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

const orderedSteps = Object.entries(steps) as [StepName, Step][]; // it has no others

async function takeSteps(contract: Contract, request: Request): Promise<Explanation> {
  const findings: Finding[] = [];
  const input = {};
  const errors: FieldProblem[] = [];
  for (const [name, step] of orderedSteps) {
    try {
      const ended = await step(contract, request, input, errors);
      if (ended !== undefined) {
        const finding = ended instanceof Problem ? toRefusal(contract, ended) : toReplyFinding(ended);
        return { findings: [...findings, { name, ...finding }], status: finding.status };
      }
    } catch (error) {
      const finding = `500 internal-error: a schema of the contract threw ${error}`;
      return { findings: [...findings, { name, finding, ok: false }], status: 500 };
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

function toRefusal(contract: Contract, problem: Problem) {
  const { status } = toReply(problem, contract, "");
  const errors = problem.details.errors ?? [];
  return {
    status,
    finding: `${status} ${problem.kind}: ${problem.detail}`,
    ok: false,
    errors: errors.map((each) => `${each.in ?? "body"} ${each.pointer}: ${each.detail}`),
  };
}

function toReplyFinding({ status, headers }: Reply) {
  const fields = Object.entries(headers).map(([name, value]) => `, ${name}: ${value}`);
  return { status, finding: `${status}, without the function${fields.join("")}`, ok: true };
}
