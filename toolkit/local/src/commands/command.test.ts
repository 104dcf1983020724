import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "lucky-command-"));
afterAll(() => rmSync(folder, { recursive: true }));
const command = fileURLToPath(new URL("command.ts", import.meta.url));

/** A process that serves one slow answer and is told to end by signals. */
async function startSlowServer(): Promise<{ child: ChildProcess; url: string }> {
  const file = join(folder, "server.ts");
  writeFileSync(
    file,
    `import { createServer } from "node:http";
    import { endGracefully } from ${JSON.stringify(command)};
    const server = createServer((request, response) => {
      if (request.url === "/slow") setTimeout(() => response.end("slow"), 500);
      else setTimeout(() => response.end("fast"), 5);
    });
    endGracefully(server, { invoke: async () => "throttled", stop: () => console.log("stopped") });
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));`,
  );
  const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
  const [printed] = await once(child.stdout, "data");
  return { child, url: `http://127.0.0.1:${Number(String(printed))}` };
}

describe("a signal", () => {
  test("lets requests in flight finish, and takes no more", async () => {
    const { child, url } = await startSlowServer();
    expect(await (await fetch(url)).text()).toBe("fast"); // leaves a connection open
    const slow = fetch(`${url}/slow`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closed = once(child, "close");
    child.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(fetch(url, { headers: { connection: "close" } })).rejects.toThrow();
    expect(await (await slow).text()).toBe("slow");
    expect(await closed).toEqual([0, null]);
  });

  test("closes connections that would go on asking", async () => {
    const { child, url } = await startSlowServer();
    const agent = new Agent({ keepAlive: true });
    const askOn = async () => {
      for (;;) await ask(url, agent);
    };
    const refused = Promise.all(Array.from({ length: 20 }, () => expect(askOn()).rejects.toThrow()));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closed = once(child, "close");
    child.kill("SIGTERM");
    expect(await closed).toEqual([0, null]);
    await refused;
    agent.destroy();
  });

  test("closes connections on which nobody has asked yet, or asked for nonsense", async () => {
    const { child, url } = await startSlowServer();
    const sockets = [
      connect(Number(new URL(url).port), "127.0.0.1"),
      connect(Number(new URL(url).port), "127.0.0.1"),
    ];
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    sockets[1]?.write("nonsense\r\n\r\n");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closed = once(child, "close");
    child.kill("SIGTERM");
    expect(await closed).toEqual([0, null]);
    for (const socket of sockets) socket.destroy();
  });

  test("that comes again ends at once", async () => {
    const { child, url } = await startSlowServer();
    const slow = expect(fetch(`${url}/slow`)).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closed = once(child, "close");
    child.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 50));
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
