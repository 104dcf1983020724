import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export type Script = {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
};

/** Starts one of this package's commands as a process of its own, with that on its standard input. */
export function startScript(file: string, words: readonly string[], input = "", env = process.env) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path, ...words], { env });
  child.stdin.end(input);
  return child;
}

/** Runs one of this package's commands to its end. */
export async function runScript(
  file: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Script> {
  const child = startScript(file, words, "", { ...process.env, ...env });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { stdout, stderr, exitCode: child.exitCode };
}

/** Starts the server on a free port, and gives its address as it tells it. */
export async function startServer(words: readonly string[] = []) {
  const child = startScript("start.ts", ["--port", "0", ...words]);
  const stream = words.includes("--json") ? child.stderr : child.stdout;
  const welcome = await Promise.race([
    once(stream.setEncoding("utf8"), "data").then(([printed]) => String(printed)),
    once(child, "close").then(() => "the server ended"),
  ]);
  return { child, welcome, url: welcome.match(/http:\/\/localhost:\d+/)?.[0] ?? "" };
}

/** A port of this machine that nobody listens on, for now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  await new Promise((resolve) => server.close(resolve));
  return port;
}
