import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { api, cors } from "@acme/contracts";
import { functions } from "@lucky/application/application";
import { createClient } from "@lucky/gateway/client";
import { createApiServer } from "@lucky/local/api-server";
import { http } from "@lucky/local/gateways/http";
import { type LambdaService, startLambdaService } from "@lucky/local/lambda-service";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// What callers may rely on, over HTTP: of the API at API_URL, as after a deploy, or of the one on this machine.

let url = process.env.API_URL?.replace(/\/$/, "") ?? "";
let local: { readonly server: Server; readonly lambda: LambdaService } | undefined;

beforeAll(async () => {
  if (url !== "") return;
  const lambda = await startLambdaService(functions);
  const server = createApiServer({ functions, lambda, gateway: http, cors, onExchange() {} });
  local = { server, lambda };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on TCP
});
afterAll(() => {
  local?.server.close();
  local?.server.closeAllConnections();
  local?.lambda.stop();
});

const post = (body: string, type = "application/json") =>
  fetch(`${url}/lucky_numbers`, { method: "POST", headers: { "content-type": type }, body });

describe("the API", () => {
  test("greets, and draws as many numbers from 1 to 41 as asked", async () => {
    const reply = await createClient(api, url).luckyNumbers({ body: { name: "SilentByte", count: 10 } });
    expect(reply).toMatchObject({
      ok: true,
      status: 200,
      body: { message: "Hi, 'SILENTBYTE'. Your lucky numbers are:" },
    });
    const numbers = reply.ok ? reply.body.numbers : [];
    expect(numbers).toHaveLength(10);
    for (const number of numbers) expect(number >= 1 && number <= 41 && Number.isInteger(number)).toBe(true);
  });

  test.each([
    [0, 2],
    [99, 20],
  ])("draws %i numbers as %i", async (count, length) => {
    const { numbers } = (await (await post(JSON.stringify({ name: "x", count }))).json()) as {
      numbers: number[];
    }; // as above
    expect(numbers).toHaveLength(length);
  });

  test("says which field is wrong, and how", async () => {
    const response = await post('{"name":"x","count":"ten"}');
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ errors: [{ pointer: "#/count" }] });
  });

  test("tells who forgot the content type what to write", async () => {
    const response = await post('{"name":"x","count":2}', "application/x-www-form-urlencoded");
    expect(response.status).toBe(415);
    expect(await response.text()).toContain("curl -H 'content-type: application/json'");
  });

  test("has no other routes", async () => {
    const response = await fetch(`${url}/nowhere`);
    expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
    expect(response.headers.has("apigw-requestid")).toBe(true);
  });

  test("describes itself", async () => {
    const document = await (await fetch(`${url}/openapi.json`)).json();
    expect(document).toMatchObject({
      openapi: "3.1.0",
      paths: { "/lucky_numbers": { post: expect.anything() } },
    });
  });

  test("may be called from a web page", async () => {
    const headers = { origin: "https://example.com", "access-control-request-method": "POST" };
    const preflight = await fetch(`${url}/lucky_numbers`, { method: "OPTIONS", headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
  });
});
