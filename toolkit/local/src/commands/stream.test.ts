import { rmSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { runScript, startServer, stopServer, writeFunction } from "../testing/testing.ts";

const HANDLER = `declare const awslambda: any;
export const handler = awslambda.streamifyResponse(async (event: unknown, stream: any) => {
  stream.write("one, ");
  stream.end("two");
});`;

test("invoke prints what a function streams, and the server refuses it", async () => {
  const root = writeFunction(HANDLER);
  onTestFinished(() => rmSync(root, { recursive: true }));
  expect((await runScript("invoke.ts", ["one"], { cwd: root })).stdout).toBe("one, two\n");

  const server = await startServer([], { cwd: root });
  onTestFinished(() => stopServer(server));
  const response = await fetch(`${server.url}/one`);
  expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
});
