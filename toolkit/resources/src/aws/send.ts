import type { Agent, RequestOptions } from "node:http";
import { builtin } from "./builtin.ts";
import { clock, timeLeftMs } from "./clock.ts";
import type { JsonService } from "./service.ts";
import { sign } from "./sign.ts";

export type Reply = { readonly status: number; readonly text: string };
/** No whole reply came. */
export type Lost = { readonly lost: Error };

/** DynamoDB answers in some milliseconds; who waits longer for a try is better off with the next. */
const TRY_MS = 3000;
/** For what has no next. */
const ONLY_TRY_MS = 60_000;
/** A connection that rested longer may have been closed by the other side, unnoticed while the environment was frozen. */
const REST_MS = 2000;
/** As the SDKs have it: each costs a handshake. */
const CONNECTIONS = 50;

const known = new Map<string, { readonly agent: Agent; lastUsed: number }>();

/** Sends a call once. */
export async function send(
  service: JsonService,
  action: string,
  body: string,
  isRepeatable: boolean,
): Promise<Reply | Lost> {
  const { AWS_REGION: region = "" } = process.env;
  const url = endpointOf(service, region);
  const headers = {
    "content-type": `application/x-amz-json-${service.version}`,
    "x-amz-target": `${service.target}.${action}`,
  };
  const signed = sign({ host: url.host, region, service: service.name, headers, body }, credentials());
  const ms = Math.min(isRepeatable ? TRY_MS : ONLY_TRY_MS, timeLeftMs());
  if (ms <= 0) throw new Error(`${service.name} ${action} was not sent: the function has no time left`);
  const length = { "content-length": Buffer.byteLength(body) };
  return post(url, { agent: agentOf(url, isRepeatable), headers: { ...signed, ...length } }, body, ms);
}

/** As the SDKs look for it. */
function endpointOf({ name }: JsonService, region: string): URL {
  const { env } = process;
  const given = env[`AWS_ENDPOINT_URL_${name.toUpperCase()}`] || env.AWS_ENDPOINT_URL;
  if (!given && !region) throw new Error(`AWS_REGION is not set, so there is no ${name} to call`);
  return new URL(given || `https://${name}.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`);
}

function credentials() {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN } = process.env;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN,
  };
}

/** Keeps connections; what must not be sent twice has a new one after a rest. */
function agentOf({ protocol, origin }: URL, isRepeatable: boolean): Agent {
  const now = clock.now();
  const kept = known.get(origin) ?? {
    agent: new (moduleOf(protocol).Agent)({ keepAlive: true, maxSockets: CONNECTIONS }),
    lastUsed: now,
  };
  const rest = now - kept.lastUsed;
  const isFresh = rest >= 0 && rest < REST_MS; // not where the clock went back
  if (!isRepeatable && !isFresh)
    for (const socket of Object.values(kept.agent.freeSockets).flat()) socket?.destroy();
  kept.lastUsed = now;
  known.set(origin, kept);
  return kept.agent;
}

function moduleOf(protocol: string) {
  return protocol === "http:" ? builtin("node:http") : builtin("node:https");
}

function post(url: URL, options: RequestOptions, body: string, ms: number): Promise<Reply | Lost> {
  return new Promise((resolve) => {
    const request = moduleOf(url.protocol).request(url, { ...options, method: "POST" });
    const lose = (lost: Error) => {
      clearTimeout(timer);
      resolve({ lost });
      request.destroy();
    };
    const timer = setTimeout(() => lose(new Error(`no answer in ${Math.round(ms)} ms`)), ms);
    request.on("error", lose);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", lose);
      response.on("end", () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      });
    });
    request.end(body);
  });
}
