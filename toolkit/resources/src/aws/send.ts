import type { Agent, IncomingMessage, RequestOptions } from "node:http";
import { builtin } from "./builtin.ts";
import type { JsonService } from "./service.ts";
import { sign } from "./sign.ts";
import { timeLeftMs } from "./time-left.ts";

export type Reply = { readonly status: number; readonly text: string };

/** DynamoDB answers in some milliseconds; who waits longer for a try is better off with the next. */
const TRY_MS = 3000;
/** A connection that rested longer may have been closed by the other side, unnoticed while the environment was frozen. */
const REST_MS = 2000;

const agents = new Map<string, { readonly agent: Agent; lastUsed: number }>();

/** Sends a call once. Rejects where no whole answer comes. */
export async function send(
  service: JsonService,
  action: string,
  body: string,
  isRepeatable: boolean,
): Promise<Reply> {
  const url = endpointOf(service);
  const { AWS_REGION: region = "" } = process.env;
  const headers = sign(
    {
      host: url.host,
      region,
      service: service.name,
      headers: {
        "content-type": `application/x-amz-json-${service.version}`,
        "x-amz-target": `${service.target}.${action}`,
      },
      body,
    },
    credentials(),
  );
  const agent = agentOf(url, isRepeatable);
  return post(url, { agent, headers: { ...headers, "content-length": Buffer.byteLength(body) } }, body);
}

/** As the SDKs look for it. */
function endpointOf({ name }: JsonService): URL {
  const { env } = process;
  const given = env[`AWS_ENDPOINT_URL_${name.toUpperCase()}`] || env.AWS_ENDPOINT_URL;
  return new URL(given || `https://${name}.${env.AWS_REGION}.amazonaws.com`);
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
function agentOf({ protocol, host }: URL, isRepeatable: boolean): Agent {
  const known = agents.get(host);
  const now = Date.now();
  if (known && (isRepeatable || now - known.lastUsed < REST_MS)) {
    known.lastUsed = now;
    return known.agent;
  }
  for (const socket of Object.values(known?.agent.freeSockets ?? {}).flat()) socket?.destroy();
  const agent = known?.agent ?? new (builtin(modules(protocol)).Agent)({ keepAlive: true });
  agents.set(host, { agent, lastUsed: now });
  return agent;
}

function modules(protocol: string): "node:http" | "node:https" {
  return protocol === "http:" ? "node:http" : "node:https";
}

function post(url: URL, options: RequestOptions, body: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const timeout = Math.max(1, Math.min(TRY_MS, timeLeftMs()));
    const request = builtin(modules(url.protocol)).request(url, { ...options, method: "POST" });
    const timer = setTimeout(() => request.destroy(new Error(`no answer in ${timeout} ms`)), timeout);
    request.once("error", reject);
    request.once("close", () => clearTimeout(timer));
    request.once("response", (response) => collect(response).then(resolve, reject));
    request.end(body);
  });
}

async function collect(response: IncomingMessage): Promise<Reply> {
  const { statusCode: status = 0 } = response;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status, text: Buffer.concat(chunks).toString() };
}
