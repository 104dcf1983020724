import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleBootstrap } from "./bundle.ts";
import { createEnvironmentPool, type EnvironmentPool } from "./environment-pool.ts";

const folder = mkdtempSync(join(tmpdir(), "lucky-pool-"));
let pool: EnvironmentPool;

beforeAll(async () => {
  // While it is asked to wait, others have their time; it says where its Runtime API is, and what it was sent.
  const source = `exports.handler = async (event) => {
    if (event === "wait") await new Promise((resolve) => setTimeout(resolve, 10));
    return { event, api: process.env.AWS_LAMBDA_RUNTIME_API };
  };`;
  writeFileSync(join(folder, "bundle.cjs"), source);
  pool = createEnvironmentPool(
    {
      functionName: "test",
      taskRoot: folder,
      runtimeClient: await bundleBootstrap(folder),
      timeoutSeconds: 1,
      memoryMegabytes: 128,
      logFormat: "json",
    },
    1, // so that an environment which is not given back is missed at once
  );
});
afterAll(() => {
  pool.stop();
  rmSync(folder, { recursive: true });
});

/** Rejects where the function failed, as a process does that has ended. */
async function invoke(event: string): Promise<{ event?: string; api: string; environment: number }> {
  const outcome = await pool.invoke(JSON.stringify(event));
  if (outcome === "throttled") throw new Error("an environment was not given back");
  if (outcome.isFunctionError) throw new Error(outcome.payload);
  return { ...JSON.parse(outcome.payload), environment: outcome.environment };
}

const words = (...some: string[]) => fc.constantFrom(...some);
const request = fc.record({
  method: words("GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "\u0000"),
  path: words(
    "next",
    "init/error",
    "invocation/next",
    "invocation/1/response",
    "invocation/1/error",
    "..",
    "%00",
    "*",
  ),
  header: words(
    "",
    "origin: https://evil.example\r\n",
    "transfer-encoding: chunked\r\n",
    "content-length: 9999999\r\n",
    "expect: 100-continue\r\n",
    "upgrade: h2c\r\nconnection: upgrade\r\n",
    ":\r\n",
  ),
  body: fc.oneof(fc.json(), fc.string(), words("5\r\nhello\r\n0\r\n\r\n", "{", "\u0000")),
});

type Sent = typeof request extends fc.Arbitrary<infer Each> ? Each : never;

/** Sends that on a connection of its own, and hangs up once something, or nothing more, comes back. */
async function send(address: string, { method, path, header, body }: Sent, isOwn: boolean) {
  const [authority = "", secret] = address.split("/");
  const [host = "", port] = authority.split(":");
  const socket = connect({ host, port: Number(port) });
  socket.on("error", () => {});
  const base = isOwn ? `/${secret}` : "";
  socket.end(
    `${method} ${base}/2018-06-01/runtime/${path} HTTP/1.1\r\nhost: ${authority}\r\n${header}\r\n${body}`,
  );
  socket.resume();
  await once(socket, "close");
}

const requests = fc.array(request, { minLength: 1, maxLength: 4 });

test("whatever is sent to a Runtime API from outside, the invocation has its own result and its environment is given back", async () => {
  const first = await invoke("first");
  const property = fc.asyncProperty(requests, async (each) => {
    const waiting = invoke("wait");
    await Promise.all(each.map((one) => send(first.api, one, false)));
    expect(await waiting).toEqual({ ...first, event: "wait" });
    expect(await invoke("again")).toEqual({ ...first, event: "again" });
  });
  await fc.assert(property, { numRuns: 50 });
});

test("whatever the environment's own process sends, each invocation ends and the environment is given back", async () => {
  const property = fc.asyncProperty(requests, async (each) => {
    const { api } = await invoke("first").catch(() => invoke("first")); // it may end of what was sent before
    const waiting = pool.invoke('"wait"');
    await Promise.all(each.map((one) => send(api, one, true)));
    expect(await waiting).not.toBe("throttled");
    expect(await invoke("again").catch(() => invoke("again"))).toMatchObject({ event: "again" });
  });
  await fc.assert(property, { numRuns: 20, endOnFailure: true });
});
