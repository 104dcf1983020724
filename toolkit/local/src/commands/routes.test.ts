import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GatewayName } from "../gateways/index.ts";
import { type RunningServer, runScript, startServer, stopServer } from "../testing/testing.ts";

// Which function a request reaches, through every way in, where routes of the fixture stand beside each other:
// GET /files/{path} and GET /files/{path+}; GET and PUT of /notes/{id}; GET and POST of /notes.

const BASES: Readonly<Record<GatewayName, string>> = { http: "", rest: "/prod", url: "", alb: "" };

const READ_NOTE = { id: "7", text: "Buy milk", tags: [] };
const DESCRIBED = { name: "a" };

describe.each(Object.entries(BASES))("start --as %s", (name, base) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer(["--as", name]);
  });
  afterAll(() => stopServer(server));

  async function ask(method: string, path: string, body?: string) {
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(`${server.url}${base}${path}`, { method, headers, ...(body && { body }) });
    const text = await response.text();
    return { status: response.status, allow: response.headers.get("allow"), text };
  }
  const get = (path: string) => ask("GET", path);

  test("reads one segment by the full match, and more by the greedy one", async () => {
    expect(JSON.parse((await get("/files/a")).text)).toEqual(DESCRIBED);
    expect(JSON.parse((await get("/files/a%2Fb")).text)).toEqual({ name: "a/b" });
    expect((await get("/files/a/b")).text).toBe("the content of a/b");
    expect((await get("/files/a/b%20c/d")).text).toBe("the content of a/b c/d");
  });

  test("leads GET and PUT of one path to a function each", async () => {
    const read = await get("/notes/7");
    expect([read.status, JSON.parse(read.text)]).toEqual([200, READ_NOTE]);
    expect(await ask("PUT", "/notes/7", '{"text":"x"}')).toMatchObject({ status: 204, text: "" });
    expect((await ask("PUT", "/notes/7", "{}")).status).toBe(422); // it has read the body
    expect((await get("/notes")).status).toBe(200);
    expect((await ask("POST", "/notes", '{"text":"x"}')).status).toBe(201);
  });

  test("leads a trailing slash to the resource", async () => {
    expect(JSON.parse((await get("/notes/7/")).text)).toEqual(READ_NOTE);
    expect(JSON.parse((await get("/files/a/")).text)).toEqual(DESCRIBED);
    expect((await get("/notes/?limit=5")).status).toBe(200);
  });

  test("has nothing for other paths", async () => {
    const status = name === "rest" ? 403 : 404;
    for (const path of ["/nowhere", "/files", "/files/", "/notes/7/tags", "/NOTES/7"]) {
      expect((await get(path)).status, path).toBe(status);
    }
  });

  const METHODS = ["HEAD", "OPTIONS", "DELETE"];
  if (name === "http" || name === "rest") {
    test("refuses methods that no route has, before a function", async () => {
      const status = name === "rest" ? 403 : 404;
      for (const method of METHODS) {
        expect(await ask(method, "/notes/7"), method).toMatchObject({ status, allow: null });
      }
    });
  } else {
    test("leaves methods that no route has to a function of the path", async () => {
      const [head, options, refused] = await Promise.all(METHODS.map((method) => ask(method, "/notes/7")));
      expect(head).toMatchObject({ status: 200, text: "" });
      expect(options).toMatchObject({ status: 204, allow: "GET, HEAD, OPTIONS" });
      expect(refused).toMatchObject({ status: 405, allow: "GET, HEAD, OPTIONS" });
      expect(JSON.parse(refused?.text ?? "")).toMatchObject({ type: "urn:problem:method-not-allowed" });
    });
  }
});

const run = async (file: string, ...words: readonly string[]) => {
  const { stdout, stderr, exitCode } = await runScript(file, words);
  expect({ stderr: exitCode === 0 ? "" : stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  return JSON.parse(stdout);
};

describe.each(Object.keys(BASES))("event --as %s", (name) => {
  const event = (...words: readonly string[]) => run("event.ts", ...words, "--as", name);
  /** Where such an event has its route: a function URL and a load balancer know none. */
  const routes: Record<string, (method: string, path: string, pathParameters: object) => object> = {
    http: (method, path, pathParameters) => ({ routeKey: `${method} ${path}`, pathParameters }),
    rest: (httpMethod, resource, pathParameters) => ({ httpMethod, resource, pathParameters }),
    url: (method) => ({ routeKey: "$default", requestContext: { http: { method } } }),
    alb: (httpMethod) => ({ httpMethod }),
  };
  const route = routes[name];

  test("has the route and the parameters that the gateway would choose", async () => {
    const note = await event("replace-note", "--path", "/notes/7");
    expect(note).toMatchObject(route?.("PUT", "/notes/{id}", { id: "7" }) ?? {});
    const file = await event("read-file", "--path", "/files/a/b");
    expect(file).toMatchObject(route?.("GET", "/files/{path+}", { path: "a/b" }) ?? {});
    const described = await event("describe-file", "--path", "/files/a");
    expect(described).toMatchObject(route?.("GET", "/files/{path}", { path: "a" }) ?? {});
  });

  test.each([
    ["read-file", ["--path", "/files/a"], "GET /files/a leads to describe-file, not to read-file"],
    [
      "read-note",
      ["--path", "/notes/7", "--method", "put"],
      "PUT /notes/7 leads to replace-note, not to read-note",
    ],
    ["greet", ["--path", "/notes"], "POST /notes leads to create-note, not to greet"],
  ])("is none of %s for %j, if functions share an address", async (functionName, words, sentence) => {
    const { stderr, exitCode } = await runScript("event.ts", [functionName, ...words, "--as", name]);
    expect(exitCode).toBe(name === "url" ? 0 : 2);
    expect(stderr).toBe(
      name === "url"
        ? ""
        : `${sentence}: name that function, or give another --path or --method.\nSee --help.\n`,
    );
  });
});

describe.each(Object.keys(BASES))("invoke --as %s", (name) => {
  test("runs the function of a path, as the gateway would", async () => {
    const invoke = (...words: readonly string[]) => run("invoke.ts", ...words, "--as", name);
    expect(await invoke("read-file", "--path", "/files/a/b")).toMatchObject({ body: "the content of a/b" });
    const described = await invoke("describe-file", "--path", "/files/a/");
    expect([described.statusCode, JSON.parse(described.body)]).toEqual([200, DESCRIBED]);
    const replaced = await invoke("replace-note", "--path", "/notes/7", "--body", '{"text":"x"}');
    expect(replaced).toMatchObject({ statusCode: 204 });
  });

  test("refuses what the gateway would send elsewhere, if functions share an address", async () => {
    const { stderr, exitCode } = await runScript("invoke.ts", [
      "read-file",
      "--path",
      "/files/a",
      "--as",
      name,
    ]);
    expect(exitCode).toBe(name === "url" ? 0 : 2);
    if (exitCode === 2) expect(stderr).toContain("GET /files/a leads to describe-file, not to read-file");
  });
});
