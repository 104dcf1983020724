import { rmSync } from "node:fs";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { untilPrinted } from "@lucky/command/child-process";
import { fixture } from "@lucky/fixture";
import { writeApplication } from "@lucky/fixture/write-application";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type RunningServer, runScript, startServer, stopServer } from "../testing/testing.ts";

/** A function that calls another one by AWS's SDK, and one that calls what is not here. */
const CALLER = `import { InvokeCommand, LambdaClient } from "${import.meta.resolve("@aws-sdk/client-lambda")}";
export const handler = async ({ FunctionName = "lucky" }) => {
  const { Payload, FunctionError } = await new LambdaClient({}).send(new InvokeCommand({ FunctionName, Payload: '{"count":3}' }));
  return { FunctionError, heard: JSON.parse(Buffer.from(Payload).toString()) };
};`;
const LOST = `export const handler = async () => {
  const response = await fetch(process.env.AWS_ENDPOINT_URL, {
    method: "POST",
    headers: { "x-amz-target": "DynamoDB_20120810.Scan", authorization: "AWS4-HMAC-SHA256 Credential=a/20261125/us-east-1/dynamodb/aws4_request" },
  });
  return response.json();
};`;
const contractOf = (name: string) =>
  `${name}: { method: "POST", path: "/${name}", summary: "", reply: { 204: null } }`;

const root = writeApplication({
  "packages/contracts/src/index.ts": `export const api = { ${["caller", "lost", "lucky", "thrower"].map(contractOf).join(", ")} };`,
  ...Object.fromEntries(
    ["caller", "lost", "lucky", "thrower"].map((name) => [`functions/${name}/package.json`, "{}"]),
  ),
  "functions/caller/src/handler.ts": CALLER.replaceAll("file://", ""),
  "functions/lost/src/handler.ts": LOST,
  "functions/lucky/src/handler.ts": `export const handler = async ({ count }, { clientContext }) => { console.log("counts", count); return { count, clientContext }; };`,
  "functions/thrower/src/handler.ts": `export const handler = async () => { throw new Error("no"); };`,
});
let server: RunningServer;
let client: LambdaClient;

beforeAll(async () => {
  server = await startServer([], { cwd: root });
  client = new LambdaClient({
    endpoint: server.url,
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
});
afterAll(async () => {
  client.destroy();
  await stopServer(server);
  rmSync(root, { recursive: true });
});

const invoke = async (FunctionName: string, Payload = "{}", ClientContext?: string) => {
  const { Payload: result, ...rest } = await client.send(
    new InvokeCommand({ FunctionName, Payload, ...(ClientContext !== undefined && { ClientContext }) }),
  );
  return { ...rest, result: JSON.parse(Buffer.from(result ?? []).toString()) };
};

describe("the server answers Lambda's own API", () => {
  test("to an SDK, with the result, and the terminal shows the invocation and its log", async () => {
    const printed = untilPrinted(server.child, ["INVOKE lucky 200", "counts 3"], server.child.stderr);
    const context = Buffer.from('{"custom":{"name":"Zoë"}}').toString("base64");
    expect(await invoke("lucky", '{"count":3}', context)).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: "$LATEST",
      result: { count: 3, clientContext: { custom: { name: "Zoë" } } },
    });
    await printed;
  });

  test("with a function's error as a result", async () => {
    expect(await invoke("thrower")).toMatchObject({
      StatusCode: 200,
      FunctionError: "Unhandled",
      result: { errorType: "Error", errorMessage: "no" },
    });
  });

  test("and no web page", async () => {
    for (const headers of [{ origin: "http://localhost:3000" }, { origin: "https://example.com" }]) {
      const path = "/2015-03-31/functions/lucky/invocations";
      const response = await fetch(server.url + path, { method: "POST", headers, body: "{}" });
      expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([403, null]);
    }
  });

  test("to whoever sends nothing but an event, such as curl", async () => {
    const path = "/2015-03-31/functions/lucky/invocations";
    const response = await fetch(server.url + path, { method: "POST", body: '{"count":5}' });
    expect(await response.json()).toEqual({ count: 5 });
  });
});

describe("a function", () => {
  test("calls another one by the SDK, without a setting", async () => {
    expect((await invoke("caller")).result).toEqual({ heard: { count: 3 } });
  });

  test("hears of the other's error", async () => {
    expect((await invoke("caller", '{"FunctionName":"thrower"}')).result).toMatchObject({
      FunctionError: "Unhandled",
      heard: { errorMessage: "no" },
    });
  });

  test("reaches no other service of AWS, and is told what to do", async () => {
    expect((await invoke("lost")).result).toMatchObject({
      __type: "ServiceNotOnThisMachine",
      message: expect.stringContaining("The service dynamodb is not on this machine. Run with --aws"),
    });
  });

  test("that pnpm invoke runs calls another, which is bundled for it", async () => {
    const { stdout, stderr, exitCode } = await runScript("invoke.ts", ["caller", "--data", "{}"], {
      cwd: root,
    });
    expect([JSON.parse(stdout), exitCode]).toEqual([{ heard: { count: 3 } }, 0]);
    expect(stderr).toContain("INVOKE lucky 200");
  });
});

test("an event that nobody waits for is shown with each of its tries", async () => {
  const server = await startServer([], { cwd: fixture });
  onTestFinished(() => stopServer(server));
  const printed = untilPrinted(
    server.child,
    ["INVOKE (async) greet 202", "tried again in 1 s"],
    server.child.stderr,
  );
  const response = await fetch(`${server.url}/2015-03-31/functions/greet/invocations`, {
    method: "POST",
    headers: { "x-amz-invocation-type": "Event" },
    body: '{"Records":[{"eventSource":"aws:sqs"}]}',
  });
  expect(response.status).toBe(202);
  await printed;
});
