import { afterEach, describe, expect, test } from "vitest";
import { outcomeOf, type ServedGateway, serveGateway } from "../testing/serve-gateway.ts";
import { type GatewayName, gateways } from "./index.ts";

const NAMES = Object.keys(gateways) as GatewayName[]; // as they are written there
const HOST = [["Host", "localhost"]] as const;
const opened: ServedGateway[] = [];
afterEach(async () => {
  for (const served of opened.splice(0)) await served.close();
});

async function serve(...given: Parameters<typeof serveGateway>): Promise<ServedGateway> {
  const served = await serveGateway(...given);
  opened.push(served);
  return served;
}

/** The status, and the event that reached a function. */
async function ask(
  name: GatewayName,
  route: string,
  target: string,
  headers: readonly (readonly [string, string])[] = [],
  body = "",
) {
  const served = await serve(name, { routes: [route], ...(name === "rest" ? {} : { stage: "$default" }) });
  const line = `${route.split(" ")[0]} ${target}`;
  const length = body ? [["Content-Length", String(Buffer.byteLength(body))] as const] : [];
  const { status } = await served.send(line, [...HOST, ...headers, ...length], body);
  return { status, event: served.invocations[0]?.event };
}

describe("a slash too many leads to the same route", () => {
  const draw = "GET /draws/{id}";
  const file = "GET /files/{path+}";

  test.each<[GatewayName, string, string, object]>([
    ["rest", draw, "//prod/draws/7", { path: "/draws/7", requestContext: { path: "/prod/draws/7" } }],
    ["rest", draw, "/prod//draws/7", { path: "/draws/7", requestContext: { path: "/prod//draws/7" } }],
    ["rest", draw, "/prod/draws/7/", { path: "/draws/7/", pathParameters: { id: "7" } }],
    ["rest", file, "/prod/files/a/b/", { path: "/files/a/b/", pathParameters: { path: "a/b" } }],
    ["rest", file, "/prod/files/a//b", { path: "/files/a//b", pathParameters: { path: "a//b" } }],
    ["http", draw, "//draws/7", { rawPath: "//draws/7", pathParameters: { id: "7" } }],
    ["http", draw, "/draws/7/", { rawPath: "/draws/7/", pathParameters: { id: "7" } }],
    ["http", file, "/files/a/b/", { rawPath: "/files/a/b/", pathParameters: { path: "a/b/" } }],
  ])("%s, %s: %s", async (name, route, target, event) => {
    expect(await ask(name, route, target)).toMatchObject({ status: 200, event });
  });

  test("behind an HTTP API with a stage, also before it", async () => {
    const served = await serve("http", { routes: [draw], stage: "beta" });
    await served.send("GET //beta/draws/7", HOST);
    expect(served.invocations).toMatchObject([{ event: { rawPath: "/beta/draws/7" } }]);
  });

  test("but not within a path", async () => {
    expect(await ask("http", draw, "/draws//7")).toMatchObject({ status: 404 });
    expect(await ask("rest", draw, "/prod/draws//7")).toMatchObject({ status: 403 });
  });
});

describe("parameters of a path", () => {
  test("come from a REST API as they were sent", async () => {
    const { event } = await ask("rest", "GET /{v}/{mail}/{rest+}", "/prod/v%20/a%2Bb@x/c+d/%E2%98%95");
    expect(event?.pathParameters).toEqual({ v: "v%20", mail: "a%2Bb@x", rest: "c+d/%E2%98%95" });
  });

  test("come from an HTTP API decoded, once", async () => {
    const { event } = await ask("http", "GET /{v}/{mail}/{rest+}", "/v%20/a%252Bb@x/c+d/%E2%98%95");
    expect(event?.pathParameters).toEqual({ v: "v ", mail: "a%2Bb@x", rest: "c+d/☕" });
  });

  test("that are no UTF-8 stay as they are", async () => {
    expect((await ask("http", "GET /draws/{id}", "/draws/%FF")).event?.pathParameters).toEqual({ id: "%FF" });
  });
});

describe("a function URL", () => {
  test("gives a request the id of its invocation", async () => {
    const served = await serve("url");
    const { headers } = await served.send("GET /", HOST);
    const [invocation] = served.invocations;
    expect(invocation?.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(headers).toContainEqual(["x-amzn-requestid", invocation?.requestId]);
    expect(invocation?.event).toMatchObject({ requestContext: { requestId: invocation?.requestId } });
  });

  test("does so where the function throws", async () => {
    const served = await serve("url", { outcome: outcomeOf({ errorType: "Error" }, true) });
    const { headers, status } = await served.send("GET /", HOST);
    expect(status).toBe(502);
    expect(headers).toContainEqual(["x-amzn-requestid", served.invocations[0]?.requestId]);
  });

  test.each(["http", "rest", "alb"] as const)("is alone in that: %s does not", async (name) => {
    const served = await serve(name, { stage: "$default" });
    await served.send("GET /", HOST);
    expect(served.invocations[0]).not.toHaveProperty("requestId");
  });

  test.each([
    ["/nowhere", ["POST /lucky_numbers"], "POST /lucky_numbers"],
    ["/lucky_numbers/7", ["GET /a", "POST /lucky_numbers"], "POST /lucky_numbers"],
    ["/a/b/d", ["GET /a", "GET /a/b/c", "GET /b"], "GET /a/b/c"],
    ["//a", ["GET /b", "GET /a"], undefined],
    ["/nowhere", ["GET /b", "GET /a"], undefined],
    ["//a", ["GET /", "GET /b"], undefined],
  ])("leaves %s of %j to %s", async (target, routes, functionName) => {
    const served = await serve("url", { routes });
    const { status } = await served.send(`GET ${target}`, HOST);
    expect(served.invocations.map((each) => each.functionName)).toEqual(functionName ? [functionName] : []);
    expect(status).toBe(functionName ? 200 : 404);
  });
});

describe.each(NAMES)("%s", (name) => {
  const prefix = name === "rest" ? "/prod" : "";

  test.each(["TE", "Trailer", "HTTP2-Settings", "Proxy-Connection", "Keep-Alive", "Expect"])(
    "does not pass on %s, which is for the connection alone",
    async (header) => {
      const { event } = await ask(name, "GET /", `${prefix}/`, [[header, "100-continue"]]);
      expect(event).toHaveProperty("headers");
      expect(JSON.stringify(event).toLowerCase()).not.toContain(`"${header.toLowerCase()}"`);
    },
  );

  test("goes on with a trace that the caller has begun", async () => {
    const begun = "Root=1-5e0a2b3c-1f2e3d4c5b6a798081726354";
    const { event } = await ask(name, "GET /", `${prefix}/`, [["X-Amzn-Trace-Id", `Self=1-2-3;${begun}`]]);
    expect(JSON.stringify(event)).toMatch(new RegExp(`"Self=1-[\\da-f]{8}-[\\da-f]{24};${begun}"`));
  });

  test("takes a target that names its host, whatever Host says", async () => {
    const { status, event } = await ask(name, "GET /draws/{id}", `http://localhost:7${prefix}/draws/7?a=1`);
    expect(status).toBe(200);
    const { headers, path, rawPath, queryStringParameters } = event as Record<string, Record<string, string>>;
    expect(headers?.host ?? headers?.Host).toBe("localhost:7");
    expect(rawPath ?? path).toBe("/draws/7");
    expect(queryStringParameters).toEqual({ a: "1" });
  });

  test("refuses a target that names a host that is not this machine's", async () => {
    expect((await ask(name, "GET /", `http://evil.example${prefix}/`)).status).toBe(403);
    expect((await ask(name, "GET /", `http://localhost@evil.example${prefix}/`)).status).toBe(403);
  });

  test("takes a target that is a host alone", async () => {
    const stage = name === "rest" ? "/prod" : "";
    expect(await ask(name, "GET /", `HTTP://localhost${stage}?a=1`)).toMatchObject({ status: 200 });
  });

  test("answers a wish for another protocol", async () => {
    const upgrade = [["Upgrade", "websocket"]] as const;
    const { status } = await ask(name, "GET /", `${prefix}/`, upgrade);
    expect(status).toBe(name === "alb" ? 400 : 200);
  });

  test("passes text with an encoding", async () => {
    const headers = [["Content-Type", "application/json"] as const, ["Content-Encoding", "gzip"] as const];
    const { event } = await ask(name, "POST /", `${prefix}/`, headers, "{}");
    const isBinary = name === "alb"; // "If the content-encoding header is present, …"
    expect(event).toMatchObject({ isBase64Encoded: isBinary, body: isBinary ? "e30=" : "{}" });
  });
});

test("a REST API names a trace where a function was asked, and ids always", async () => {
  const served = await serve("rest");
  const namesAt = async (path: string) =>
    (await served.send(`GET ${path}`, HOST)).headers.map(([name]) => name);
  const ids = ["x-amzn-requestid", "x-amz-apigw-id"];
  expect(await namesAt("/prod/")).toEqual(expect.arrayContaining([...ids, "x-amzn-trace-id"]));
  const refused = await namesAt("/prod/nowhere");
  expect(refused).toEqual(expect.arrayContaining(ids));
  expect(refused).not.toContain("x-amzn-trace-id");
});

test("a load balancer names itself, also where the request is no HTTP", async () => {
  const served = await serve("alb");
  const { status, headers } = await served.send("GET / nonsense", HOST);
  expect(status).toBe(400);
  expect(headers).toContainEqual(["server", "awselb/2.0"]);
});

test("a REST API drops what it has itself to say, and a length", async () => {
  const dropped = ["Content-MD5", "Max-Forwards", "Server", "WWW-Authenticate"];
  const headers = dropped.map((name) => [name, "1"] as const);
  const { event } = await ask("rest", "POST /", "/prod/", headers, "{}");
  for (const name of [...dropped, "Content-Length"]) expect(event?.headers).not.toHaveProperty(name);
});

test("an HTTP API counts a body that came without a length", async () => {
  const served = await serve("http", { routes: ["POST /"] });
  await served.send("POST /", [...HOST, ["Transfer-Encoding", "chunked"]], "2\r\n{}\r\n0\r\n\r\n");
  expect(served.invocations[0]?.event).toMatchObject({ headers: { "content-length": "2" } });
});
