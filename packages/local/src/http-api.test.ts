import { once } from "node:events";
import { request } from "node:http";
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

  test.each([
    ["localhost", 200],
    ["LOCALHOST:3000", 200],
    ["127.0.0.1:3000", 200],
    ["[::1]:3000", 200],
    ["lucky.localhost:3000", 200],
    ["evil.example", 403],
    ["localhost.evil.example", 403],
    ["127.0.0.1.evil.example:3000", 403],
  ])("of the Host %s answers %i, so that no web page reaches it by another name", async (host, status) => {
    expect(await statusFor(host)).toBe(status);
  });

  test("tells each request's id, as API Gateway does", async () => {
    const ids = [await fetch(`${url}/draws/7`), await fetch(`${url}/draws/7`)].map(({ headers }) =>
      headers.get("apigw-requestid"),
    );
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain(null);
  });

  test("answers 503 for a function that came to its timeout", async () => {
    const plain = invoke;
    invoke = async (...call) => {
      const outcome = await plain(...call);
      const payload = '{"errorType":"Sandbox.Timedout","errorMessage":"late"}';
      return outcome && { ...outcome, payload, isFunctionError: true };
    };
    expect((await fetch(`${url}/draws/7`)).status).toBe(503);
    expect(exchanges).toEqual([expect.objectContaining({ failure: "Sandbox.Timedout: late" })]);
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
    socket.write("GET /draws/7 HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf");
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await vi.waitFor(() => expect(exchanges).toEqual([expect.objectContaining({ status: 499 })]));
    expect((await fetch(`${url}/draws/7`)).status).toBe(200);
  });
});

/** fetch does not let anybody choose the Host field. */
async function statusFor(host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  request(`${url}/draws/7`, { headers: { host } }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  })
    .on("error", reject)
    .end();
  return promise;
}
