import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import type { Contract } from "@lucky/gateway/contract";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createHttpApi, type Exchange } from "./http-api.ts";
import type { LambdaService } from "./lambda-service.ts";

const declare = (name: string, path: Contract["path"]) => ({
  name,
  contract: { method: "GET", path, summary: "", reply: { 204: null } } as const,
  entry: "",
  eventFile: "",
});
const functions = [declare("any", "/draws/{id}"), declare("latest", "/draws/latest"), declare("root", "/")];

let invoke: LambdaService["invoke"];
let exchanges: Exchange[];
let url: string;
const server = createHttpApi(functions, { invoke: (...call) => invoke(...call), stop() {} }, (exchange) =>
  exchanges.push(exchange),
);

beforeEach(async () => {
  exchanges = [];
  invoke = async (name, event) => ({
    payload: JSON.stringify({ name, params: JSON.parse(event).pathParameters }),
    isFunctionError: false,
    logs: [],
    environment: 1,
    report: { requestId: "id", durationMs: 1, memorySizeMb: 128, status: "success" },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on TCP
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe("the local HTTP API", () => {
  test("prefers a path without parameters", async () => {
    expect(await (await fetch(`${url}/draws/latest`)).json()).toEqual({ name: "latest" });
    expect(await (await fetch(`${url}/draws/a%20b?x=1`)).json()).toEqual({
      name: "any",
      params: { id: "a b" },
    });
    expect(await (await fetch(url)).json()).toEqual({ name: "root" });
  });

  test.each(["/draws/7/", "/draws", "/DRAWS/7"])("has no route for %s", async (path) => {
    expect((await fetch(url + path)).status).toBe(404);
  });

  test("answers 503 for a throttled function", async () => {
    invoke = async () => undefined;
    const response = await fetch(`${url}/draws/7`);
    expect([response.status, await response.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  test("answers 500 for a result that HTTP cannot carry, and tells why", async () => {
    const plain = invoke;
    invoke = async (...call) => {
      const outcome = await plain(...call);
      return outcome && { ...outcome, payload: '{"statusCode":200,"headers":{"x":"a\\nb"}}' };
    };
    expect((await fetch(`${url}/draws/7`)).status).toBe(500);
    expect(exchanges).toEqual([
      expect.objectContaining({ status: 500, failure: expect.stringContaining("x") }),
    ]);
  });

  test("outlives a caller that hangs up half-way", async () => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.write("GET /draws/7 HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf");
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await vi.waitFor(() => expect(exchanges).toEqual([expect.objectContaining({ status: 499 })]));
    expect((await fetch(`${url}/draws/7`)).status).toBe(200);
  });
});
