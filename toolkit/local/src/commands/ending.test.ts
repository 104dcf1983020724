import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test, vi } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "lucky-ending-"));
afterAll(() => rmSync(folder, { recursive: true }));
const ending = fileURLToPath(new URL("ending.ts", import.meta.url));

type SlowServer = {
  readonly child: ChildProcessWithoutNullStreams;
  readonly url: string;
  /** Resolves when it has printed that line. */
  hasSaid(line: string): Promise<void>;
  /** Lets it answer /slow. */
  answer(): void;
};

/** A process that serves, and is told to end by signals; it answers /slow when it is told to. */
async function startSlowServer(): Promise<SlowServer> {
  const file = join(folder, "server.ts");
  writeFileSync(
    file,
    `import { createServer } from "node:http";
    import { endGracefully } from ${JSON.stringify(ending)};
    const server = createServer((request, response) => {
      console.log(request.url);
      if (request.url === "/slow") process.stdin.once("data", () => response.end("slow"));
      else setTimeout(() => response.end("fast"), 5);
    });
    server.on("connection", () => console.log("connected"));
    endGracefully(server, { invoke: async () => "throttled", stop: () => console.log("stopped") });
    process.prependListener("SIGTERM", () => console.log("told to end"));
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));`,
  );
  const child = spawn(process.execPath, [file], { stdio: ["pipe", "pipe", "pipe"] });
  child.stderr.resume();
  const said: string[] = [];
  const lines = createInterface(child.stdout).on("line", (line) => said.push(line));
  await once(lines, "line");
  return {
    child,
    url: `http://127.0.0.1:${said[0]}`,
    hasSaid: (line) => vi.waitFor(() => expect(said).toContain(line), { timeout: 30_000 }),
    answer: () => child.stdin.write("\n"),
  };
}

describe("a signal", () => {
  test("lets requests in flight finish, and takes no more", async () => {
    const { child, url, hasSaid, answer } = await startSlowServer();
    expect(await (await fetch(url)).text()).toBe("fast"); // leaves a connection open
    const slow = fetch(`${url}/slow`);
    await hasSaid("/slow");
    const closed = once(child, "close");
    child.kill("SIGTERM");
    await hasSaid("told to end");
    await vi.waitFor(() => expect(fetch(url, { headers: { connection: "close" } })).rejects.toThrow());
    answer();
    expect(await (await slow).text()).toBe("slow");
    expect(await closed).toEqual([0, null]);
    await hasSaid("stopped");
  });

  test("closes connections that would go on asking", async () => {
    const { child, url } = await startSlowServer();
    const agent = new Agent({ keepAlive: true });
    let answers = 0;
    const askOn = async () => {
      for (;;) {
        await ask(url, agent);
        answers++;
      }
    };
    const refused = Promise.all(Array.from({ length: 20 }, () => expect(askOn()).rejects.toThrow()));
    await vi.waitFor(() => expect(answers).toBeGreaterThan(40));
    const closed = once(child, "close");
    child.kill("SIGTERM");
    expect(await closed).toEqual([0, null]);
    await refused;
    agent.destroy();
  });

  test("closes connections on which nobody has asked yet, or asked for nonsense", async () => {
    const { child, url, hasSaid } = await startSlowServer();
    const sockets = [
      connect(Number(new URL(url).port), "127.0.0.1"),
      connect(Number(new URL(url).port), "127.0.0.1"),
    ];
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    await hasSaid("connected");
    sockets[1]?.write("nonsense\r\n\r\n");
    const closed = once(child, "close");
    child.kill("SIGTERM");
    expect(await closed).toEqual([0, null]);
    for (const socket of sockets) socket.destroy();
  });

  test("that comes again ends at once", async () => {
    const { child, url, hasSaid } = await startSlowServer();
    const slow = expect(fetch(`${url}/slow`)).rejects.toThrow();
    await hasSaid("/slow");
    const closed = once(child, "close");
    child.kill("SIGTERM");
    await hasSaid("told to end");
    child.kill("SIGTERM");
    expect(await closed).toEqual([0, null]);
    await slow;
  });
});

/** Reads one response, on a connection that the agent keeps. */
async function ask(url: string, agent: Agent): Promise<void> {
  const [response] = await once(get(url, { agent }), "response");
  await text(response);
}
