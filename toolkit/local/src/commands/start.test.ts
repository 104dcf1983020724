import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { run, untilPrinted } from "@lucky/command/child-process";
import { api } from "@lucky/fixture/contracts";
import { writeApplication } from "@lucky/fixture/write-application";
import { createClient } from "@lucky/gateway/client";
import { type Contract, repliesOf } from "@lucky/gateway/contract";
import { exampleHeaders } from "@lucky/gateway/examples";
import { exampleUrl } from "@lucky/gateway/url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { freePorts } from "../testing/free-ports.ts";
import { type RunningServer, runScript, startScript, startServer, stopServer } from "../testing/testing.ts";

let server: RunningServer;
let url: string;

beforeAll(async () => {
  server = await startServer();
  url = server.url;
});
afterAll(() => stopServer(server));

const JSON_TYPE = { "content-type": "application/json" };
const post = (body: string, headers: Record<string, string> = JSON_TYPE) =>
  fetch(`${url}/greetings`, { method: "POST", body, headers });
/** What the first curl command of a server's welcome prints, when it is pasted into a shell. */
const pasteCurl = async ({ welcome }: RunningServer) =>
  JSON.parse((await run("sh", ["-c", `${welcome.match(/curl .*/)?.[0] ?? ""} --silent`])).stdout);
/** The commands that a server's welcome prints, by their route: they begin in the third line of each part. */
const commandsOf = ({ welcome, url: origin }: RunningServer) =>
  new Map(
    welcome.split(/\n\n {2}(?=[A-Z]+ http)/).flatMap((part): [string, string][] => {
      const [route = "", , ...lines] = part.trimEnd().split("\n");
      return [[route.replace(origin, ""), lines.join("\n").replace(/\n\n {2}Page: .*/s, "")]];
    }),
  );

/** What a function that says what it got has to say to its contract's examples, of which a shell may have changed nothing. */
const PASTED: Readonly<Record<string, unknown>> = {
  "GET /users/{user}/notes": {
    user: api["search-notes"].examples.params.user,
    q: api["search-notes"].examples.query.q,
    deep: false,
    page: 2,
    session: api["search-notes"].examples.cookies.session,
  },
  "PUT /imports": { text: api["import-notes"].example },
  "POST /images": { bytes: api["measure-image"].example.length },
  "GET /notes": { notes: [], limit: 5, tags: api["list-notes"].examples.query.tag },
};

/** Starts a server that ends with the test. */
async function start(...parameters: Parameters<typeof startServer>): Promise<RunningServer> {
  const started = await startServer(...parameters);
  onTestFinished(() => stopServer(started));
  return started;
}

describe("the server that start runs", () => {
  test("shows each route and a curl that works when pasted", async () => {
    for (const { method, path } of Object.values(api)) {
      expect(server.welcome).toContain(`  ${method} ${url}${path}\n`);
    }
    expect(await pasteCurl(server)).toMatchObject({ message: "Hello, ADA!" });
  });

  const pasted = Object.values<Contract>(api).flatMap((contract) =>
    ["sh", "bash"].map((shell) => ({ route: `${contract.method} ${contract.path}`, shell, contract })),
  );
  test.each(pasted)("prints a command for $route that works when pasted into $shell", async (each) => {
    const { route, shell, contract } = each;
    const command = commandsOf(server).get(route) ?? "";
    const { stdout } = await run(shell, ["-c", `${command} --silent --write-out '\n%{http_code}'`]);
    const [status, ...body] = stdout.split("\n").toReversed();
    expect(Object.keys(repliesOf(contract)), stdout).toContain(status);
    const expected = PASTED[route];
    if (expected) expect(JSON.parse(body.toReversed().join("\n"))).toEqual(expected);
  });

  test("greets over HTTP", async () => {
    const response = await post('{"name":"Ada","count":10}');
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual({
      message: "Hello, ADA!",
      greetings: Array.from({ length: 10 }, () => "Hello, ADA!"),
    });
  });

  test("answers the typed client, with values and with problems", async () => {
    const client = createClient(api, url);
    const greeted = await client.greet({ body: { name: "Ada", count: 1 } });
    expect(greeted).toMatchObject({ ok: true, status: 200, body: { greetings: ["Hello, ADA!"] } });
    const refused = await client.greet({ body: { name: "Ada", count: -3 } });
    expect(refused).toMatchObject({
      ok: false,
      problem: { type: "urn:problem:invalid-request", errors: [{ pointer: "#/count" }] },
    });
    expect(await client.readNote({ params: { id: "404" } })).toMatchObject({
      ok: false,
      problem: { type: "urn:problem:note-not-found", status: 404 },
    });
  });

  test.each(Object.entries<Contract>(api).filter(([, { body }]) => body !== undefined))(
    "answers what is of another type with a command that works when pasted: %s",
    async (_, contract) => {
      const headers = { ...exampleHeaders(contract), "content-type": "application/x-odd" };
      const odd = await fetch(exampleUrl(contract, url), { method: contract.method, headers, body: "x" });
      expect(odd.status).toBe(415);
      const { detail } = (await odd.json()) as { detail: string }; // as the test then checks
      const command = detail.replace("Send it like this: ", "");
      const { stdout } = await run("sh", ["-c", `${command} --silent --write-out '\n%{http_code}'`]);
      expect(stdout).toMatch(/\n2\d\d$/);
    },
  );

  test("answers a plain curl -d with 415 and the corrected command", async () => {
    const response = await post('{"name":"x","count":3}', {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(response.status).toBe(415);
    const { detail } = (await response.json()) as { detail: string }; // as the test then checks
    const example = `'{"name":"Ada","count":2}'`;
    expect(detail).toContain(`curl -H 'content-type: application/json' -d ${example} ${url}/greetings`);
  });

  test.each(["/nowhere", "/index.html", "/assets/nowhere.js", "/greetings/more", "/GREETINGS"])(
    "answers %s as API Gateway does: 404",
    async (path) => {
      const response = await fetch(url + path);
      expect(response.status).toBe(404);
      expect(await response.text()).toBe('{"message":"Not Found"}');
    },
  );

  test("serves the pages, and says where", async () => {
    expect(server.welcome).toMatch(new RegExp(`\n {2}Page: ${url}/\n\n$`));
    expect(await titleAt(`${url}/`)).toBe("Fixture");
    expect(await titleAt(`${url}/manual/`)).toBe("Manual");
  });

  test("takes 10 MB and no more, as an HTTP API does", async () => {
    const refusal = await post("x".repeat(10 * 1024 * 1024 + 1));
    expect(refusal.status).toBe(413);
    expect(await refusal.text()).toBe('{"message":"Request Entity Too Large"}');
  });

  test("hands over events of up to 6 MB, as Lambda takes no more", async () => {
    const problem = await post("x".repeat(6_000_000));
    expect(problem.headers.get("content-type")).toBe("application/problem+json"); // refused by the function itself
    const refusal = await post("x".repeat(6_291_456));
    expect(await refusal.text()).toBe('{"message":"Request Entity Too Large"}');
  });

  test("answers 500 callers at once: each with its own reply, or as throttled beyond ten", async () => {
    const answers = await Promise.all(
      Array.from({ length: 500 }, async (_, index) => {
        const response = await post(JSON.stringify({ name: `caller ${index}`, count: 2 }));
        const body = await response.text();
        if (response.status === 503) return body === '{"message":"Service Unavailable"}' ? "throttled" : body;
        return body.includes(`CALLER ${index}!`) ? "answered" : body;
      }),
    );
    expect(new Set(answers)).toEqual(new Set(["answered", "throttled"]));
    expect(answers.filter((answer) => answer === "answered").length).toBeGreaterThanOrEqual(10);
  });

  test("answers many requests at once, each with its own reply", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `caller ${index}`);
    const replies = await Promise.all(
      names.map(async (name) => (await post(JSON.stringify({ name, count: 2 }))).text()),
    );
    for (const [index, name] of names.entries()) expect(replies[index]).toContain(`${name.toUpperCase()}!`);
  });
});

describe("start", () => {
  test("says when its port is in use, and exits with 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo; // listening on TCP
    const { stdout, stderr, exitCode } = await runScript("start.ts", ["--port", String(port)]);
    other.close();
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toContain(`Port ${port} is in use.`);
  });

  test("refuses a concurrency of 0 with 2", async () => {
    const { stderr, exitCode } = await runScript("start.ts", ["--concurrency", "0"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining("from 1 to 1000") });
  });

  test.each(["127.0.0.1", "localhost", "0.0.0.0"])(
    "on %s it is asked for by no name of somebody else, but by one that it was given",
    async (host) => {
      const other = await start(["--host", host, "--allow-host", "lucky.example"]);
      const statusFor = async (name: string) => {
        const asked = request(`${other.url}/notes?tag=a`, { headers: { host: name } }).end();
        const [response] = await once(asked, "response");
        response.resume();
        return response.statusCode;
      };
      const names = ["localhost", "127.0.0.1", "lucky.example:80", "evil.example"];
      expect(await Promise.all(names.map(statusFor))).toEqual([200, 200, 200, 403]);
    },
  );

  test("--json tells of each request in a line of JSON", async () => {
    const { child, url } = await start(["--json"]);
    await fetch(`${url}/notes?tag=a`);
    const [line] = await once(child.stdout.setEncoding("utf8"), "data");
    expect(JSON.parse(String(line))).toMatchObject({
      method: "GET",
      target: "/notes?tag=a",
      status: 200,
      cold: true,
    });
  });

  test("--json tells of requests for the page as well", async () => {
    const { child, url } = await start(["--json"]);
    await fetch(url);
    const [line] = await once(child.stdout.setEncoding("utf8"), "data");
    expect(JSON.parse(String(line))).toEqual({
      method: "GET",
      target: "/",
      status: 200,
      durationMs: expect.any(Number),
    });
  });

  test("--stage puts the API behind it, and tells the page so", async () => {
    const staged = await start(["--stage", "beta"]);
    const html = await (await fetch(staged.url)).text();
    const paths = html.match(/\/assets\/[^"]+\.js/g) ?? [];
    const scripts = await Promise.all(paths.map(async (path) => (await fetch(staged.url + path)).text()));
    expect(scripts.join("")).toMatch(/["'`]\/beta["'`]/);
  });

  test.each([
    [["--as", "soap"], "--as takes http, rest, url, alb"],
    [["--as", "alb", "--stage", "x"], "--stage is not for a load balancer"],
    [["--stage", "a/b"], "--stage takes letters"],
    [["--log-format", "xml"], "--log-format takes json or text"],
    [["--allow-host", "http://x"], "--allow-host takes a name"],
    [["--inspect", "0"], "--inspect takes a number from 1024"],
  ])("refuses %j with 2", async (words, message) => {
    const { stderr, exitCode } = await runScript("start.ts", words);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
  });

  test("says when there is no place for bundles, and exits with 1", async () => {
    const { stderr, exitCode } = await runScript("start.ts", [], { env: { TMPDIR: "/dev/null" } });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining("set TMPDIR") });
  });

  test("takes a TMPDIR that is relative to where it starts", async () => {
    const root = application({ wait: "export const handler = async () => 7;" });
    mkdirSync(join(root, "tmp"));
    const other = await start([], { cwd: root, env: { TMPDIR: "tmp" } });
    expect((await fetch(`${other.url}/wait`)).status).toBe(200);
    expect(readdirSync(join(root, "tmp"))).toEqual([expect.stringMatching(/^lucky-lambda-/)]);
    await stopServer(other);
    expect(readdirSync(join(root, "tmp"))).toEqual([]);
  });

  test("says where a TMPDIR that is missing would be", async () => {
    const { stderr, exitCode } = await runScript("start.ts", [], { env: { TMPDIR: "missing" } });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/ in \/.*\/missing \(ENOENT: no such file or directory\): set TMPDIR/),
    });
  });

  test.each([
    ["http", "prod", "/prod"],
    ["rest", undefined, "/prod"],
    ["rest", "beta", "/beta"],
    ["url", undefined, ""],
    ["alb", undefined, ""],
  ])("--as %s, stage %s: its curl works", async (as, stage, base) => {
    const other = await start(["--as", as, ...(stage ? ["--stage", stage] : [])]);
    expect(other.welcome).toContain(`POST ${other.url}${base}/greetings`);
    expect(await pasteCurl(other)).toMatchObject({ message: "Hello, ADA!" });
  });

  test("leaves nothing behind when a signal comes before it has started", async () => {
    const folder = mkdtempSync(join(tmpdir(), "start-"));
    const child = startScript("start.ts", ["--port", "0"], "", { env: { TMPDIR: folder } });
    await vi.waitFor(() => expect(readdirSync(folder)).not.toEqual([]), { timeout: 30_000 });
    child.kill("SIGINT");
    await once(child, "close");
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test("--inspect lets a debugger attach, and goes on to serve", async () => {
    const port = await freePorts(Object.keys(api).length);
    const { child, url } = await start(["--inspect", String(port)]);
    const notice = once(child.stderr.setEncoding("utf8"), "data");
    const response = await fetch(`${url}/greetings`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"name":"x","count":2}',
    });
    expect(response.status).toBe(200);
    expect(String(await notice)).toContain(`Debugger listening on ws://127.0.0.1:${port}/`);
    expect(await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()).toHaveLength(1);
  });

  test("--inspect prints nothing of a function that acts, though it looks like the inspector's", async () => {
    const cwd = writeApplication({
      "packages/contracts/src/index.ts":
        'export const api = { a: { method: "GET", path: "/a", summary: "\\u202esummary", reply: { 204: null } } };',
      "functions/a/package.json": "{}",
      "functions/a/src/handler.ts": `process.stderr.write("Debugger \\u001b[2J\\rGET /forged 200 1.0 ms\\n");
        export const handler = async () => ({ statusCode: 204 });`,
    });
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    const { child, url, welcome } = await start(["--inspect", String(await freePorts())], { cwd });
    expect(welcome).toContain("    \\u202esummary\n");
    const printed = untilPrinted(child, ["forged", "GET /a 204"], child.stderr);
    await fetch(`${url}/a`);
    expect(await printed).toContain("a: Debugger \\u001b[2J\\u000aGET /forged 200 1.0 ms\n");
  });

  test("--inspect needs a free port for each function, and says so before anything runs", async () => {
    const port = await freePorts(Object.keys(api).length);
    const other = createServer().listen(port + 1, "127.0.0.1");
    await once(other, "listening");
    const words = ["--port", "0", "--inspect", String(port)];
    const { stdout, stderr, exitCode } = await runScript("start.ts", words);
    other.close();
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    const last = port + Object.keys(api).length - 1;
    expect(stderr).toBe(
      `Port ${port + 1} is in use, and --inspect needs ${port} to ${last}, a port for each function, for debuggers. Choose another.\n`,
    );
  });

  test.each(["x", "-1", "65536", "3000.5", ""])("refuses port %j with 2", async (port) => {
    const { stderr, exitCode } = await runScript("start.ts", [`--port=${port}`]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--port takes a number from 0 to 65535");
  });

  test("--version names the project and its version", async () => {
    const { stdout, exitCode } = await runScript("start.ts", ["--version"]);
    expect(exitCode).toBe(0);
    expect(stdout).toBe("fixture 1.2.3\n");
  });

  test("--help explains itself and exits with 0", async () => {
    const { stdout, exitCode } = await runScript("start.ts", ["--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Usage: pnpm start");
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends cleanly on %s, and its environments with it",
    async (signal) => {
      const { child, url } = await start();
      await fetch(`${url}/greetings`, { method: "POST" });
      const environments = childrenOf(child.pid);
      expect(environments.length).toBeGreaterThan(0);
      child.kill(signal);
      const [stderr] = await Promise.all([text(child.stderr), once(child, "close")]);
      expect(child.exitCode).toBe(0);
      expect(stderr).not.toContain("Error");
      await expect(fetch(url)).rejects.toThrow();
      await vi.waitFor(() => expect(environments.filter(isRunning)).toEqual([]));
    },
  );
});

test("an environment that is killed in mid-request fails that one as on Lambda, and the next succeeds", async () => {
  const root = application({ wait: WAIT });
  const other = await start([], { cwd: root });
  const failing = fetch(`${other.url}/wait`);
  const started = join(root, "started");
  await vi.waitFor(() => expect(readFileSync(started, "utf8")).not.toBe(""), { timeout: 30_000 });
  process.kill(Number(readFileSync(started, "utf8")), "SIGKILL");
  const failed = await failing;
  expect([failed.status, await failed.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  expect((await fetch(`${other.url}/wait`)).status).toBe(200);
});

describe("an application without", () => {
  test("functions starts, and says so", async () => {
    const empty = await start([], { cwd: application({}) });
    expect(empty.welcome).toContain(
      `\n\n  ${empty.url}\n    There are no functions yet: pnpm new <name> makes one.\n`,
    );
    expect((await fetch(`${empty.url}/`)).status).toBe(404);
  });

  test("pages is served without, and names none", async () => {
    const plain = await start([], {
      cwd: application({ wait: "export const handler = async () => 7;" }),
    });
    expect(plain.welcome).not.toMatch(/Page|Reference/);
    expect((await fetch(`${plain.url}/`)).status).toBe(404);
    expect(await (await fetch(`${plain.url}/wait`)).json()).toBe(7);
  });

  test("CORS answers preflights as any other request", async () => {
    const plain = await start([], {
      cwd: application({ wait: "export const handler = async () => 7;" }),
    });
    const { status, headers } = await fetch(`${plain.url}/wait`, {
      method: "OPTIONS",
      headers: { origin: "https://lucky.example", "access-control-request-method": "GET" },
    });
    expect([status, headers.has("access-control-allow-origin")]).toEqual([404, false]);
  });
});

test("an application with a reference is told where it is", async () => {
  const root = application({}, { "packages/web/pages/reference/index.html": "<title>Reference</title>" });
  const other = await start([], { cwd: root });
  expect(other.welcome).toMatch(new RegExp(`\\n {2}Reference: ${other.url}/reference/\n\n$`));
  writeFileSync(join(root, "packages/web/pages/index.html"), "<title>Page</title>");
  const both = await start([], { cwd: root });
  expect(both.welcome).toContain(`Page: ${both.url}/  Reference: ${both.url}/reference/`);
  expect(await titleAt(`${both.url}/reference/`)).toBe("Reference");
});

/** Says which process it is and waits for ever, but the first time only. */
const WAIT = `import { existsSync, writeFileSync } from "node:fs";
export const handler = async () => {
  const started = "STARTED";
  if (existsSync(started)) return { statusCode: 200 };
  writeFileSync(started, String(process.pid));
  await new Promise(() => setInterval(() => {}, 1000));
};`;

/** An application whose functions, of a GET each, are these sources. */
function application(
  sources: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): string {
  const contracts = Object.keys(sources).map(
    (name) => `${name}: { method: "GET", path: "/${name}", summary: "", reply: { 204: null } }`,
  );
  const root = writeApplication({
    "packages/contracts/src/index.ts": `export const api = { ${contracts.join(", ")} };`,
    ...files,
  });
  for (const [name, source] of Object.entries(sources)) {
    mkdirSync(join(root, `functions/${name}/src`), { recursive: true });
    writeFileSync(join(root, `functions/${name}/package.json`), "{}");
    writeFileSync(
      join(root, `functions/${name}/src/handler.ts`),
      source.replace("STARTED", join(root, "started")),
    );
  }
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}

async function titleAt(url: string): Promise<string | undefined> {
  const response = await fetch(url);
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-cache"]);
  return /<title>(.*)<\/title>/.exec(await response.text())?.[1];
}

function childrenOf(parent: number | undefined): number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const pairs = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.filter(([, ppid]) => ppid === parent).map(([pid = 0]) => pid);
}

/** A process that has ended stays in the list, as Z, until its parent asks for it. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout !== "" && !stdout.startsWith("Z");
}
