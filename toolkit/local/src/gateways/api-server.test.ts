import { once } from "node:events";
import { request as askHttp, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import type { Contract } from "@lucky/gateway/contract";
import type { Site } from "@lucky/pages/site";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { InvocationResult } from "../lambda/environment.ts";
import type { Rejection } from "../lambda/invoke-options.ts";
import type { LambdaService } from "../lambda/lambda-service.ts";
import { type ApiServerOptions, createApiServer, type Exchange } from "./api-server.ts";
import { type GatewayName, gateways } from "./index.ts";

const declare = (name: string, path: Contract["path"], method: Contract["method"] = "GET") => ({
  name,
  contract: { method, path, summary: "", reply: { 204: null } } as const,
  entry: "",
  eventFile: "",
  limits: { timeoutSeconds: 10, memoryMegabytes: 128 },
});
const functions = [
  declare("any", "/draws/{id}"),
  declare("latest", "/draws/latest"),
  declare("root", "/"),
  declare("echo", "/echo", "POST"),
];
const cors = {
  allowOrigins: ["https://lucky.example"],
  allowMethods: ["GET", "POST"],
  allowHeaders: ["*"],
  exposeHeaders: ["retry-after"],
  maxAgeSeconds: 60,
};

const servers: Server[] = [];
let exchanges: Exchange[] = [];
afterEach(async () => {
  exchanges = [];
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** What Lambda gives back for a result, or an error in its own shape. */
const outcomeOf = (result: unknown, isFunctionError = false): InvocationResult => ({
  payload: JSON.stringify(result),
  isFunctionError,
  logs: [],
  environment: 1,
  report: { requestId: "id", durationMs: 1, memorySizeMb: 128, status: "success" },
});
/** As a function that says in the body which event it has had, in any gateway's format. */
const echo = (name: string, event: string) =>
  outcomeOf({
    statusCode: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, event: JSON.parse(event) }),
  });

type Invoke = (
  name: string,
  event: string,
  requestId?: string,
) => InvocationResult | Rejection | Promise<InvocationResult | Rejection>;

async function serve(
  name: GatewayName = "http",
  answer: Invoke = echo,
  options: Partial<ApiServerOptions> = {},
): Promise<{ url: string; port: number; server: Server }> {
  const lambda: LambdaService = {
    invoke: async (name, event, given) => answer(name, event, given?.requestId),
    stop() {},
  };
  const gateway = gateways[name];
  const server = createApiServer({
    functions,
    lambda,
    gateway,
    cors,
    onExchange: (exchange) => exchanges.push(exchange),
    ...options,
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  return { url: `http://127.0.0.1:${port}`, port, server };
}

/** Sends these very bytes and gives all that comes back, until the server closes. */
async function exchangeRaw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}
const eventOf = async (response: Response) =>
  ((await response.json()) as { event: Record<string, unknown> }).event; // as echo says
const said = async (response: Response) => [response.status, await response.text()];

describe("routes", () => {
  test("without parameters come first", async () => {
    const { url } = await serve();
    const nameAt = async (path: string) =>
      ((await (await fetch(url + path)).json()) as { name: string }).name; // as echo says
    expect(await nameAt("/draws/latest")).toBe("latest");
    expect(await nameAt("/draws/a%20b?x=1")).toBe("any");
    expect(await nameAt("")).toBe("root");
  });

  test.each(["/draws", "/draws//", "/DRAWS/7", "/draws/7/8"])("are none for %s", async (path) => {
    const { url } = await serve();
    expect((await fetch(url + path)).status).toBe(404);
  });

  test.each<[GatewayName, number, string]>([
    ["http", 404, '{"message":"Not Found"}'],
    ["rest", 403, '{"message":"Missing Authentication Token"}'],
    ["url", 404, '{"message":"Not Found"}'],
    ["alb", 404, "<title>404 Not Found</title>"],
  ])("that do not exist are answered by %s with %i", async (name, status, body) => {
    const { url } = await serve(name, echo, { stage: "$default" });
    const [actual, text] = await said(await fetch(`${url}/nowhere`));
    expect(actual).toBe(status);
    expect(text).toContain(body);
  });

  test.each<[GatewayName, number]>([
    ["http", 404],
    ["rest", 403],
    ["url", 200],
    ["alb", 200],
  ])("of another method: %s answers %i, or leaves it to the function", async (name, status) => {
    const { url } = await serve(name, echo, { stage: "$default" });
    expect((await fetch(`${url}/echo`, { method: "DELETE" })).status).toBe(status);
  });
});

describe("a trailing slash leads to the resource, and stays in the path", () => {
  test.each<[GatewayName, string, object]>([
    ["http", "", { rawPath: "/draws/7/", pathParameters: { id: "7" }, routeKey: "GET /draws/{id}" }],
    ["rest", "/prod", { path: "/draws/7/", pathParameters: { id: "7" }, resource: "/draws/{id}" }],
    ["url", "", { rawPath: "/draws/7/" }],
    ["alb", "", { path: "/draws/7/" }],
  ])("of %s", async (name, base, event) => {
    const { url } = await serve(name);
    expect(await eventOf(await fetch(`${url}${base}/draws/7/`))).toMatchObject(event);
    expect((await fetch(`${url}${base}/draws/latest/?x=1`)).status).toBe(200);
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
describe("of routes that match, the most specific one is chosen", () => {
  const declared = (...routes: readonly string[]) =>
    routes.map((route) => {
      const [method, path] = route.split(" ") as [Contract["method"], Contract["path"]]; // as written below
      return declare(route, path, method);
    });
  const PETS = [
    "GET /{proxy+}",
    "POST /{proxy+}",
    "GET /pets/{proxy+}",
    "GET /pets/dog/{id}",
    "GET /pets/dog/1",
  ];
  const FILES = ["GET /files/{path+}", "GET /files/{path}", "PUT /files/{path}", "GET /files"];
  const KINDS = ["GET /{kind}/{id}", "GET /{kind}/latest", "GET /draws/{id}", "GET /draws/{id}/{part+}"];

  test.each<[name: GatewayName, routes: readonly string[], request: string, chosen: string | number]>([
    ["http", PETS, "GET /pets/dog/1", "GET /pets/dog/1"], // a full match without parameters
    ["http", PETS, "GET /pets/dog/2", "GET /pets/dog/{id}"], // a full match
    ["http", PETS, "GET /pets/cat/1", "GET /pets/{proxy+}"], // a greedy one
    ["http", PETS, "GET /pets/dog/1/name", "GET /pets/{proxy+}"],
    ["http", PETS, "GET /test/5", "GET /{proxy+}"], // the less greedy one is no match
    ["http", PETS, "POST /pets/dog/1", "POST /{proxy+}"], // the method counts at once
    ["http", PETS, "PUT /pets/dog/1", 404],
    ["http", PETS, "GET /pets/dog/1/", "GET /pets/dog/1"],
    ["http", FILES, "GET /files/a", "GET /files/{path}"], // a full match before a greedy one
    ["http", FILES, "GET /files/a/b", "GET /files/{path+}"],
    ["http", FILES, "GET /files/a%2Fb", "GET /files/{path}"],
    ["http", FILES, "GET /files", "GET /files"],
    ["http", FILES, "PUT /files/a", "PUT /files/{path}"],
    ["http", FILES, "PUT /files/a/b", 404],
    ["http", KINDS, "GET /draws/latest", "GET /draws/{id}"], // the first segment that differs decides
    ["http", KINDS, "GET /prizes/latest", "GET /{kind}/latest"],
    ["http", KINDS, "GET /prizes/7", "GET /{kind}/{id}"],
    ["http", KINDS, "GET /draws/7/numbers", "GET /draws/{id}/{part+}"],
    // A REST API chooses the resource first, and only then looks for the method.
    ["rest", PETS, "GET /pets/dog/2", "GET /pets/dog/{id}"],
    ["rest", PETS, "POST /pets/dog/1", 403],
    ["rest", FILES, "PUT /files/a", "PUT /files/{path}"],
    ["rest", FILES, "GET /files/a", "GET /files/{path}"],
    // Who knows no methods prefers a function that takes this one, and leaves others to the most specific.
    ["url", FILES, "GET /files/a", "GET /files/{path}"],
    ["url", FILES, "PUT /files/a", "PUT /files/{path}"],
    ["url", FILES, "HEAD /files/a", "GET /files/{path}"],
    ["url", ["GET /files/{path}", "GET /files/{path+}"], "DELETE /files/a", "GET /files/{path}"],
    ["alb", FILES, "GET /files/a", "GET /files/{path}"],
    ["alb", FILES, "PUT /files/a", "PUT /files/{path}"],
    ["alb", ["GET /files/{path}", "GET /files/{path+}"], "DELETE /files/a", "GET /files/{path}"],
    ["alb", PETS, "POST /pets/dog/1", "POST /{proxy+}"],
  ])("%s of %j: %s -> %s", async (name, routes, request, chosen) => {
    const [method = "", path = ""] = request.split(" ");
    const named = (functionName: string) =>
      outcomeOf({ statusCode: 200, headers: { "x-name": functionName } });
    for (const order of [routes, [...routes].reverse()]) {
      const options = { functions: declared(...order), stage: "$default" };
      const { url } = await serve(name, named, options);
      const { status, headers } = await fetch(url + path, { method });
      expect(headers.get("x-name") ?? status).toBe(chosen);
    }
  });
});

describe("stages", () => {
  test("of an HTTP API are in the path that the function sees", async () => {
    const { url } = await serve("http", echo, { stage: "beta" });
    expect(await eventOf(await fetch(`${url}/beta/draws/7`))).toMatchObject({
      rawPath: "/beta/draws/7",
      requestContext: { stage: "beta" },
      pathParameters: { id: "7" },
    });
    expect((await fetch(`${url}/draws/7`)).status).toBe(404);
    expect((await fetch(`${url}/beta`)).status).toBe(200);
    expect((await fetch(`${url}/betamax/draws/7`)).status).toBe(404);
  });

  test("of a REST API are not, but are in its context", async () => {
    const { url } = await serve("rest");
    expect(await eventOf(await fetch(`${url}/prod/draws/7?a=1`))).toMatchObject({
      path: "/draws/7",
      queryStringParameters: { a: "1" },
      requestContext: { stage: "prod", path: "/prod/draws/7" },
    });
    expect(await said(await fetch(`${url}/draws/7`))).toEqual([403, '{"message":"Forbidden"}']);
  });
});

describe("the Host", () => {
  const statusFor = async (host: string, options: Partial<ApiServerOptions> = {}) => {
    const { port } = await serve("http", echo, options);
    const answer = await exchangeRaw(
      port,
      `GET /draws/7 HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
    );
    return Number(answer.split(" ")[1]);
  };
  test.each([
    ["localhost", 200],
    ["LOCALHOST:3000", 200],
    ["127.0.0.1:3000", 200],
    ["[::1]:3000", 200],
    ["lucky.localhost:3000", 200],
    ["evil.example", 403],
    ["localhost.evil.example", 403],
    ["127.0.0.1.evil.example:3000", 403],
  ])("%s is answered with %i, so that no web page reaches it by another name", async (host, status) => {
    expect(await statusFor(host)).toBe(status);
  });

  test("may have a further name where that is allowed", async () => {
    expect(await statusFor("lucky.example", { allowedHosts: ["lucky.example"] })).toBe(200);
    expect(await statusFor("evil.example", { allowedHosts: ["lucky.example"] })).toBe(403);
    expect(exchanges.at(-1)?.failure).toContain("the Host evil.example is not this machine's");
  });

  test("may be missing, as no browser leaves it out, and counts less than that of the target", async () => {
    const { port } = await serve("http");
    expect(await exchangeRaw(port, "GET /draws/7 HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1.1 200/);
    const target = "GET http://evil.example/draws/7 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    expect(await exchangeRaw(port, target)).toMatch(/^HTTP\/1.1 403/);
  });
});

describe("a site beside the API", () => {
  const site: Site = {
    async respond({ method, path }) {
      if (method !== "GET" || !["/", "/page"].includes(path)) return undefined;
      return { status: 200, headers: { "cache-control": "no-cache" }, body: Buffer.from("the page") };
    },
    async respondNotFound({ headers }) {
      if (headers.accept !== "text/html") return undefined;
      return { status: 404, headers: {}, body: Buffer.from("no page") };
    },
  };

  test("has what no contract has, whatever the gateway and the stage", async () => {
    for (const name of ["http", "rest", "url", "alb"] as const) {
      const { url } = await serve(name, echo, { site });
      const response = await fetch(`${url}/page?x=1`);
      expect([response.status, await response.text()], name).toEqual([200, "the page"]);
      expect(Object.fromEntries(response.headers)).toMatchObject({ "cache-control": "no-cache" });
    }
    expect(exchanges.map(({ target, status }) => `${target} ${status}`)).toContain("/page?x=1 200");
  });

  test("leaves a path that a contract has to the API", async () => {
    const { url } = await serve("http", echo, { site });
    expect(await (await fetch(url)).json()).toMatchObject({ name: "root" });
  });

  test("leaves what it has not to the gateway", async () => {
    const { url } = await serve("http", echo, { site });
    for (const [path, method] of [["/nowhere", "GET"] as const, ["/page", "POST"] as const]) {
      expect(await said(await fetch(url + path, { method }))).toEqual([404, '{"message":"Not Found"}']);
    }
  });

  test("has a page for a browser that goes where nothing is, whatever the gateway", async () => {
    const headers = { accept: "text/html" };
    for (const name of ["http", "rest", "url", "alb"] as const) {
      const { url } = await serve(name, echo, { site });
      expect(await said(await fetch(`${url}/nowhere`, { headers })), name).toEqual([404, "no page"]);
    }
  });

  test.each([
    ["another method of a route", "/echo", {}],
    ["a path in a stage that has a name", "/beta/nowhere", { stage: "beta" }],
  ])("has none for %s: there the API says what it says on AWS", async (_, path, options) => {
    const { url } = await serve("http", echo, { site, ...options });
    const response = await fetch(url + path, { headers: { accept: "text/html" } });
    expect(await said(response)).toEqual([404, '{"message":"Not Found"}']);
  });

  test("compresses no reply of the API, as no HTTP API does", async () => {
    const { url } = await serve("http", echo, { site });
    const { headers } = await fetch(`${url}/draws/7`, {
      headers: { "accept-encoding": "br, gzip", "x-long": "x".repeat(5_000) },
    });
    expect(Object.fromEntries(headers)).not.toHaveProperty("content-encoding");
  });

  test("is not for other hosts either", async () => {
    const { port } = await serve("http", echo, { site });
    const answer = await exchangeRaw(
      port,
      "GET /page HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1.1 403/);
  });
});

describe("each request has an id", () => {
  test.each<[GatewayName, string]>([
    ["http", "apigw-requestid"],
    ["rest", "x-amzn-requestid"],
    ["url", "x-amzn-requestid"],
  ])("which %s tells in %s", async (name, header) => {
    const { url } = await serve(name, echo, { stage: "$default" });
    const responses = [await fetch(`${url}/draws/7`), await fetch(`${url}/draws/7`)];
    const ids = responses.map(({ headers }) => headers.get(header));
    expect(new Set(ids).size).toBe(2);
    expect((await fetch(`${url}/nowhere`)).headers.has(header)).toBe(true);
    const events = await Promise.all(responses.map(eventOf));
    expect(events.map(({ requestContext }) => requestContext)).toEqual(
      ids.map((requestId) => expect.objectContaining({ requestId })),
    );
  });
});

describe("where the function gives no answer", () => {
  const failed = outcomeOf({ errorType: "Runtime.ExitError", errorMessage: "exit status 3" }, true);
  const late = outcomeOf({ errorType: "Sandbox.Timedout", errorMessage: "late" }, true);
  const malformed = outcomeOf({ statusCode: "ok" });
  const plain = outcomeOf({ message: "x" });

  test.each<[GatewayName, string, InvocationResult | Rejection, number, string]>([
    ["http", "it fails", failed, 500, '{"message":"Internal Server Error"}'],
    ["http", "it runs out of time", late, 503, '{"message":"Service Unavailable"}'],
    ["http", "it is throttled", "throttled", 503, '{"message":"Service Unavailable"}'],
    ["http", "Lambda refuses the event", "event-too-large", 413, '{"message":"Request Entity Too Large"}'],
    ["http", "its status is none", malformed, 500, '{"message":"Internal Server Error"}'],
    ["rest", "it fails", failed, 502, '{"message":"Internal server error"}'],
    ["rest", "it runs out of time", late, 504, '{"message":"Endpoint request timed out"}'],
    ["rest", "it is throttled", "throttled", 500, '{"message":"Internal server error"}'],
    ["rest", "its status is none", malformed, 502, '{"message":"Internal server error"}'],
    ["rest", "its result is another gateway's", plain, 502, '{"message":"Internal server error"}'],
    ["url", "it fails", failed, 502, "Internal Server Error"],
    ["url", "it is throttled", "throttled", 429, '{"message":"Rate Exceeded."}'],
    ["alb", "it fails", failed, 502, "<h1>502 Bad Gateway</h1>"],
    ["alb", "it is throttled", "throttled", 502, "<h1>502 Bad Gateway</h1>"],
    ["alb", "there is no status", plain, 502, "<h1>502 Bad Gateway</h1>"],
  ])("%s, when %s", async (name, _, answer, status, body) => {
    const { url } = await serve(name, () => answer, { stage: "$default" });
    const [actual, text] = await said(await fetch(`${url}/draws/7`));
    expect(actual).toBe(status);
    expect(text).toContain(body);
    expect(exchanges).toEqual([expect.objectContaining({ status, failure: expect.any(String) })]);
  });

  test.each<[GatewayName, number]>([
    ["http", 503],
    ["rest", 504],
  ])("%s, when its own time is over: %i", async (name, status) => {
    const gateway = { ...gateways[name], timeoutMs: 50 };
    const { url } = await serve(name, () => new Promise(() => {}), { gateway, stage: "$default" });
    expect((await fetch(`${url}/draws/7`)).status).toBe(status);
  });

  test("a REST API says which error it is", async () => {
    const { url } = await serve("rest", () => failed);
    const { headers } = await fetch(`${url}/prod/draws/7`);
    expect(headers.get("x-amzn-errortype")).toBe("InternalServerErrorException");
  });

  test("because HTTP cannot carry it, is a 500 without its headers, and the author hears why", async () => {
    const headers = { "content-encoding": "gzip", x: "a\nb" };
    const { url } = await serve("http", () => outcomeOf({ statusCode: 200, headers }));
    const response = await fetch(`${url}/draws/7`);
    expect(await said(response)).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(response.headers.has("content-encoding")).toBe(false);
    expect(exchanges).toEqual([
      expect.objectContaining({ status: 500, failure: expect.stringContaining("x") }),
    ]);
  });
});

describe("HTTP itself", () => {
  test("HEAD has the headers of the response and no body", async () => {
    const { port } = await serve("url");
    const answer = await exchangeRaw(
      port,
      "HEAD /draws/7 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*content-length: [1-9]/s);
    expect(answer.endsWith("\r\n\r\n")).toBe(true);
  });

  test("a 204 has neither body nor length", async () => {
    const { port } = await serve("http", () => outcomeOf({ statusCode: 204 }));
    const answer = await exchangeRaw(port, "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 204 /);
    expect(answer).not.toMatch(/content-(length|type)/i);
  });

  test.each(["trailer", "transfer-encoding", "connection", "content-length", "upgrade"])(
    "%s is this server's to say, and not the function's",
    async (name) => {
      const { port } = await serve("http", () =>
        outcomeOf({ statusCode: 200, headers: { [name]: "5" }, body: "x" }),
      );
      const answer = await exchangeRaw(
        port,
        "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200 .*content-length: 1\r\n.*\r\n\r\nx$/is);
      expect(answer).not.toMatch(new RegExp(`${name}: 5`, "i"));
    },
  );

  test("a body in chunks is one body", async () => {
    const { port } = await serve();
    const chunks = '4\r\n{"a"\r\n3\r\n:1}\r\n0\r\n\r\n';
    const answer = await exchangeRaw(
      port,
      `POST /echo HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n${chunks}`,
    );
    const { event } = JSON.parse(answer.split("\r\n\r\n")[1] ?? "");
    expect(event).toMatchObject({ body: '{"a":1}', isBase64Encoded: false });
    expect(event.headers).not.toHaveProperty("transfer-encoding");
  });

  test("who expects 100-continue is told to go on", async () => {
    const { url } = await serve();
    const asking = askHttp(`${url}/echo`, {
      method: "POST",
      headers: { expect: "100-continue", "content-length": 2 },
    });
    asking.flushHeaders();
    await once(asking, "continue");
    asking.end("{}");
    const [response] = await once(asking, "response");
    expect(JSON.parse(await text(response))).toMatchObject({ event: { isBase64Encoded: true } });
  });

  test("a connection is kept for the next request, also one that was refused", async () => {
    const { port } = await serve();
    const get = (path: string, rest = "") => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${rest}\r\n`;
    const answer = await exchangeRaw(
      port,
      get("/draws/1") + get("/nowhere") + get("/draws/2", "connection: close\r\n"),
    );
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 404", "HTTP/1.1 200"]);
  });

  test.each<[GatewayName, number, number]>([
    ["http", 10_300, 431],
    ["rest", 10_300, 431],
    ["alb", 10_300, 200],
    ["alb", 66_000, 400],
  ])("%s answers headers of %i bytes with %i", async (name, bytes, status) => {
    const { port } = await serve(name, echo, { stage: "$default" });
    const answer = await exchangeRaw(
      port,
      `GET /draws/7 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-long: ${"x".repeat(bytes)}\r\n\r\n`,
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test("a request line counts as well", async () => {
    const { port } = await serve();
    const answer = await exchangeRaw(
      port,
      `GET /draws/7?${"x".repeat(10_300)} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 .*{"message":"Request Header Fields Too Large"}/s);
  });

  test("what is no HTTP is a bad request", async () => {
    const { port } = await serve();
    expect(await exchangeRaw(port, "hello\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 .*{"message":"Bad Request"}$/s);
  });

  test.each<[GatewayName, number]>([
    ["http", 10 * 1024 * 1024],
    ["rest", 10 * 1024 * 1024],
    ["url", 6 * 1024 * 1024],
    ["alb", 1_000_000],
  ])("%s takes a body of %i bytes and no more", async (name, most) => {
    const { url } = await serve(name, () => outcomeOf({ statusCode: 200 }), { stage: "$default" });
    const send = async (bytes: number) =>
      (await fetch(`${url}/echo`, { method: "POST", body: Buffer.alloc(bytes) })).status;
    expect(await send(most)).toBe(200);
    expect(await send(most + 1)).toBe(413);
  });

  test("a caller that hangs up half-way harms nobody", async () => {
    const { url, port, server } = await serve();
    const asked = once(server, "request");
    const socket = connect(port, "127.0.0.1");
    socket.write("POST /echo HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf");
    await asked;
    socket.destroy();
    await vi.waitFor(() => expect(exchanges).toEqual([expect.objectContaining({ status: 499 })]));
    expect((await fetch(`${url}/draws/7`)).status).toBe(200);
  });

  test("a slow caller holds up nobody, and gets its answer", async () => {
    const { url, port } = await serve();
    const socket = connect(port, "127.0.0.1");
    const head =
      "POST /echo HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\nconnection: close\r\ncontent-length: 5\r\n\r\n";
    for (const character of `${head}slow!`) {
      if (!socket.write(character)) await once(socket, "drain");
      if (character === "s") expect((await fetch(`${url}/draws/7`)).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(await text(socket)).toContain('"body":"slow!"');
  });

  test("a caller that does not wait for the answer harms nobody", async () => {
    const { promise: outcome, resolve: answer } = Promise.withResolvers<InvocationResult>();
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { port, server } = await serve("http", () => {
      ask();
      return outcome;
    });
    server.once("connection", (connection) =>
      connection.once("close", () => answer(outcomeOf({ statusCode: 200 }))),
    );
    const socket = connect(port, "127.0.0.1");
    socket.write("GET /draws/7 HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await asked;
    socket.destroy();
    await vi.waitFor(() => expect(exchanges).toEqual([expect.objectContaining({ status: 499 })]));
  });
});

describe("CORS", () => {
  const origin = "https://lucky.example";
  const preflight = (url: string, from: string) =>
    fetch(`${url}/echo`, {
      method: "OPTIONS",
      headers: { origin: from, "access-control-request-method": "POST" },
    });
  const corsOf = ({ headers }: Response) =>
    Object.fromEntries([...headers].filter(([name]) => name.startsWith("access-control-")));

  test.each<GatewayName>(["http", "url"])(
    "is %s's business: it answers preflights as configured",
    async (name) => {
      const { url } = await serve(name, () => "throttled");
      const response = await preflight(url, origin);
      expect(response.status).toBe(204);
      expect(corsOf(response)).toEqual({
        "access-control-allow-origin": origin,
        "access-control-allow-methods": "GET,POST",
        "access-control-allow-headers": "*",
        "access-control-max-age": "60",
      });
    },
  );

  test("allows no other origin", async () => {
    const { url } = await serve();
    expect(corsOf(await preflight(url, "https://evil.example"))).toEqual({});
    const response = await fetch(`${url}/draws/7`, { headers: { origin: "https://evil.example" } });
    expect(corsOf(response)).toEqual({});
  });

  test.each([
    ["*", "*"],
    ["https://*", origin],
  ])("of %s allows what it says", async (pattern, expected) => {
    const { url } = await serve("http", echo, { cors: { ...cors, allowOrigins: [pattern] } });
    expect(corsOf(await preflight(url, origin))).toMatchObject({ "access-control-allow-origin": expected });
  });

  test("replaces what the function says of it", async () => {
    const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Max-Age": "1" };
    const { url } = await serve("http", () => outcomeOf({ statusCode: 200, headers }));
    expect(corsOf(await fetch(`${url}/draws/7`, { headers: { origin } }))).toEqual({
      "access-control-allow-origin": origin,
      "access-control-expose-headers": "retry-after",
    });
    expect(corsOf(await fetch(`${url}/draws/7`))).toEqual({});
  });

  test.each<GatewayName>(["rest", "alb"])("is the function's business behind %s", async (name) => {
    const headers = { "Access-Control-Allow-Origin": "*" };
    const { url } = await serve(name, () => outcomeOf({ statusCode: 200, headers }), { stage: "$default" });
    expect(corsOf(await fetch(`${url}/draws/7`, { headers: { origin } }))).toEqual({
      "access-control-allow-origin": "*",
    });
  });

  test("an OPTIONS that is no preflight is a request like any other", async () => {
    const { url } = await serve();
    expect((await fetch(`${url}/echo`, { method: "OPTIONS" })).status).toBe(404);
  });
});
