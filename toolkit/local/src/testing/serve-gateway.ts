import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import type { Contract } from "@lucky/gateway/contract";
import { createApiServer, type Exchange } from "../gateways/api-server.ts";
import { type GatewayName, gateways } from "../gateways/index.ts";
import type { InvocationResult } from "../lambda/environment.ts";
import type { Rejection } from "../lambda/invoke-options.ts";

type ServeOptions = {
  /** Such as `GET /draws/{id}`; each names its function. */
  readonly routes?: readonly string[];
  readonly stage?: string;
  /** What the function gives back, or how it ends; an empty 200 unless told. */
  readonly outcome?: InvocationResult | Rejection;
};

export type ServedGateway = Awaited<ReturnType<typeof serveGateway>>;

/** A gateway on a free port before functions that do not run: what reaches them is kept. */
export async function serveGateway(
  name: GatewayName,
  { routes = ["GET /"], stage, outcome = outcomeOf({ statusCode: 200 }) }: ServeOptions = {},
) {
  const invocations: { functionName: string; event: Record<string, unknown>; requestId?: string }[] = [];
  const exchanges: Exchange[] = [];
  const server = createApiServer({
    functions: routes.map((route) => {
      const [method, path] = route.split(" ") as [Contract["method"], Contract["path"]]; // as written there
      const contract = { method, path, summary: "", reply: { 204: null } } as const;
      const limits = { timeoutSeconds: 10, memoryMegabytes: 128 };
      return { name: route, contract, entry: "", eventFile: "", limits };
    }),
    lambda: {
      async invoke(functionName, event, { requestId } = {}) {
        invocations.push({ functionName, event: JSON.parse(event), ...(requestId && { requestId }) });
        return outcome;
      },
      stop() {},
    },
    gateway: gateways[name],
    cors: undefined,
    onExchange: (exchange) => exchanges.push(exchange),
    ...(stage !== undefined && { stage }),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    port,
    invocations,
    exchanges,
    /** Sends a request of that line and these headers, and gives what comes back until the server closes. */
    async send(line: string, headers: readonly (readonly [string, string])[] = [], body = "") {
      const fields = [...headers, ["Connection", "close"]].map(([name, value]) => `${name}: ${value}\r\n`);
      const socket = connect(port, "127.0.0.1");
      socket.write(`${line} HTTP/1.1\r\n${fields.join("")}\r\n${body}`);
      return parse(await text(socket));
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What Lambda gives back for a result, or for an error in its own shape. */
export function outcomeOf(result: unknown, isFunctionError = false): InvocationResult {
  return {
    payload: JSON.stringify(result),
    isFunctionError,
    logs: [],
    environment: 1,
    report: { requestId: "id", durationMs: 1, memorySizeMb: 128, status: "success" },
  };
}

export type RawResponse = {
  readonly status: number;
  /** Names in lower case, each as often as it came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
};

function parse(response: string): RawResponse {
  const [head = "", ...body] = response.split("\r\n\r\n");
  const [status = "", ...fields] = head.split("\r\n");
  return {
    status: Number(status.split(" ")[1]),
    headers: fields.map((field) => {
      const at = field.indexOf(":");
      return [field.slice(0, at).toLowerCase(), field.slice(at + 1).trim()];
    }),
    body: body.join("\r\n\r\n"),
  };
}
