import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { ParseArgsConfig } from "node:util";
import type { LambdaFunction } from "@lucky/application/application";
import { UsageError } from "@lucky/command/usage-error";
import { describeJsonError } from "@lucky/gateway/json-error";
import { chooseFunction } from "../gateways/choose-function.ts";
import type { Gateway } from "../gateways/gateway.ts";
import { gateways, isGateway } from "../gateways/index.ts";
import { newRequestIds } from "../gateways/request-ids.ts";

/** The options of a command that makes an event of a request. */
export const requestOptions = {
  as: { type: "string" },
  method: { type: "string" },
  path: { type: "string" },
  query: { type: "string" },
  header: { type: "string", multiple: true },
  body: { type: "string" },
} as const satisfies ParseArgsConfig["options"];

export type RequestOptions = {
  readonly as?: string;
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly header?: readonly string[];
  readonly body?: string | Uint8Array;
};

export const REQUEST_HELP = `  --as <gateway>    http (an HTTP API, the default), rest, url (a function URL) or alb
  --method <name>   the contract's own unless told
  --path <path>     likewise; needed where it has parameters, such as /draws/7
  --query <query>   such as 'page=2&tag=x'
  --header <field>  such as 'accept: text/plain', as often as you like
  --body <text>     the body, of the contract's type unless a header content-type says another`;

/**
 * The event that the gateway makes of the request, complete. Throws a UsageError, also where the gateway would send the
 * request to another of the functions.
 */
export function toEvent(
  { name, contract }: LambdaFunction,
  options: RequestOptions,
  functions: readonly LambdaFunction[] = [],
): object {
  const { as, method = contract.method, path = contract.path, query, header = [], body } = options;
  const gateway = gatewayOf(as);
  if (!path.startsWith("/") || path.includes("{")) {
    throw new UsageError(`Give a path without braces that starts with a slash: --path, for ${contract.path}`);
  }
  const route = { method: method.toUpperCase(), path: path.split("?")[0] ?? path };
  const chosen = gateway.isShared ? chooseFunction(functions, route, gateway.choice) : undefined;
  if (chosen !== undefined && chosen.name !== name) {
    throw new UsageError(
      `${route.method} ${route.path} leads to ${chosen.name}, not to ${name}: name that function, or give another --path or --method.`,
    );
  }
  const { media } = contract.body ?? {};
  const type = body === undefined ? undefined : (media?.type ?? "application/json");
  const headers = toHeaders(header, type);
  const isJson = headers.some(
    ([name, value]) => name.toLowerCase() === "content-type" && /json/i.test(value),
  );
  if (typeof body === "string" && isJson && !media) checkJson(body, "--body");
  const request = {
    ...newRequestIds(),
    method: route.method,
    target: query === undefined ? path : `${path}?${query}`,
    headers,
    body: typeof body === "string" ? Buffer.from(body) : Buffer.from(body ?? []),
    sourceIp: "127.0.0.1",
  };
  return gateway.toEvent(request, contract.path);
}

/** The gateway that `--as` names. Throws a UsageError. */
export function gatewayOf(name = "http"): Gateway {
  if (isGateway(name)) return gateways[name];
  throw new UsageError(`--as takes ${Object.keys(gateways).join(", ")}, not "${name}".`);
}

function toHeaders(fields: readonly string[], type: string | undefined): [string, string][] {
  const given = fields.map((field): [string, string] => {
    const at = field.indexOf(":");
    if (at < 1) throw new UsageError(`--header takes "name: value", not "${field}".`);
    return [field.slice(0, at).trim(), field.slice(at + 1).trim()];
  });
  const has = (wanted: string) => given.some(([name]) => name.toLowerCase() === wanted);
  if (!has("host")) given.unshift(["Host", "localhost"]);
  if (type !== undefined && !has("content-type")) given.push(["Content-Type", type]);
  return given;
}

/** A JSON file as it is; `-` reads standard input. Throws a UsageError. */
export async function readJsonFile(file: string): Promise<string> {
  const content = file === "-" ? text(process.stdin) : readFile(file, "utf8");
  const json = await content.catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The event cannot be read: ${error.message}`);
  });
  return checkJson(json, file === "-" ? "standard input" : file);
}

/** The text itself. Throws a UsageError that says where it is no JSON. */
export function checkJson(json: string, source: string): string {
  try {
    JSON.parse(json);
    return json;
  } catch {
    throw new UsageError(`${source} is not JSON: ${describeJsonError(json)}.`);
  }
}
