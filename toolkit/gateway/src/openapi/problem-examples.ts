import type { Contract } from "../contract/contract.ts";
import { typeOf } from "../contract/one-of.ts";
import { type GatewayProblem, gatewayProblems, Problem, toReply } from "../contract/problem.ts";
import { exampleParams, fillPath } from "../contract/url.ts";
import { callByHand, readBody } from "../http/body.ts";
import type { Request } from "../http/request.ts";
import type { Json } from "./json.ts";
import type { Problems } from "./problem-schema.ts";
import { refusalsOf } from "./refusals.ts";

/** Each problem as a caller gets it: not those whose members nobody has given an example of. */
export function toProblemExamples(problems: Problems, contract: Contract, server: string): Json {
  const examples = problems.flatMap(([kind, definition]) => {
    if (definition.members !== undefined && definition.example === undefined) return [];
    const problem = isOfGateway(kind)
      ? toProblem(kind, contract, requestTo(contract, server))
      : new Problem(kind, `${definition.title}.`);
    const { body } = toReply(problem, contract, "a-request-id", definition.example);
    return [[kind, { value: JSON.parse(JSON.stringify(body)) }]];
  });
  return Object.fromEntries(examples);
}

function isOfGateway(kind: string): kind is GatewayProblem {
  return Object.hasOwn(gatewayProblems, kind);
}

/** The problem that a request of that kind gets: of its body, as the gateway itself reads it. */
function toProblem(kind: GatewayProblem, contract: Contract, request: Request): Problem {
  const contentType = kind === "malformed-json" ? "application/json" : contract.body && typeOf(contract.body);
  const send = (sent: Partial<Request>): Problem[] => {
    const found = readBody(contract, { ...request, contentType, ...sent }, {});
    if (found instanceof Promise) found.catch(() => {});
    return found instanceof Problem && found.kind === kind ? [found] : [];
  };
  switch (kind) {
    case "malformed-json":
      return send({ body: '{"a":' })[0] ?? plain(kind);
    case "body-too-large":
      return send({ body: "0".repeat((contract.maxBodyBytes ?? 65_536) + 1) })[0] ?? plain(kind);
    case "unsupported-media-type":
      return send({ body: "a", contentType: "application/x-unknown" })[0] ?? plain(kind);
    case "malformed-body":
      return ["/w==", "?"].flatMap((body) => send({ body, isBase64Encoded: true }))[0] ?? plain(kind);
    case "missing-body":
      return new Problem(kind, `Send a body: ${callByHand(contract, request)}`);
    case "invalid-request":
      return new Problem(kind, DETAILS[kind], refusalsOf(contract));
    default:
      return plain(kind);
  }
}

/** What the gateway says where there is nothing to read; it has these in other places, where each byte counts. */
const DETAILS: Partial<Record<GatewayProblem, string>> & Readonly<Record<"invalid-request", string>> = {
  unauthenticated: "Send a valid header authorization.",
  "invalid-request": "Correct what errors names, then send it again.",
  "internal-error": "Try again later. If it happens again, report the instance.",
  "out-of-time": "Try again later, or ask for less at once.",
};

function plain(kind: GatewayProblem): Problem {
  return new Problem(kind, DETAILS[kind] ?? `${gatewayProblems[kind].title}.`);
}

/** A request to the contract's own example, with nothing in it yet. */
function requestTo(contract: Contract, server: string): Request {
  const { method, path } = contract;
  const { host = undefined, protocol = "https:", pathname = "/" } = URL.parse(server) ?? {};
  const rawPath = `${pathname.replace(/\/$/, "")}${fillPath(path, exampleParams(contract))}`;
  return {
    method,
    path: rawPath,
    rawPath,
    rawQuery: "",
    headers: { ...(host && { host, "x-forwarded-proto": protocol.slice(0, -1) }) },
    contentType: undefined,
    body: undefined,
    isBase64Encoded: false,
    route: undefined,
    params: undefined,
  };
}
