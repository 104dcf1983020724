import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { runScript } from "../testing/testing.ts";
import { listen } from "./listen.ts";

/** Another program's, on a port that it gives. */
async function listenElsewhere(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  onTestFinished(() => close(server));
  await once(server, "listening");
  return portOf(server);
}

function makeServer(): Server & ReturnType<typeof createServer> {
  const server = createServer();
  onTestFinished(() => close(server));
  return server;
}

const close = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
const portOf = (server: Server) => (server.address() as AddressInfo).port; // listening on TCP

test.each([
  ["127.0.0.1", "127.0.0.1", ""],
  ["0.0.0.0", "127.0.0.1", ""],
  ["::1", "127.0.0.1", " on ::1: http://localhost:"],
  ["::1", "0.0.0.0", " on ::1: http://localhost:"],
  ["127.0.0.1", "::1", " on 127.0.0.1: http://localhost:"],
])("where another program listens on %s, a port on %s is refused", async (theirs, ours, reason) => {
  const port = await listenElsewhere(theirs);
  const server = makeServer();
  const refused = expect(listen(server, port, ours)).rejects;
  await refused.toThrow(`Port ${port} is in use${reason}`);
  await expect(listen(server, port, ours)).rejects.toThrow("Choose another: pnpm start --port 0");
  expect(server.listening).toBe(false);
});

test("of any free port, one is picked that nobody has on ::1 either", async () => {
  const taken = await listenElsewhere("::1");
  const server = makeServer();
  const system = server.listen.bind(server);
  vi.spyOn(server, "listen").mockImplementationOnce((_, host) => system(taken, String(host)));
  const port = await listen(server, 0, "127.0.0.1");
  expect(port).not.toBe(taken);
  expect(portOf(server)).toBe(port);
});

test("start says so, and prints no address", async () => {
  const port = await listenElsewhere("::1");
  const { stdout, stderr, exitCode } = await runScript("start.ts", ["--port", String(port)]);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
  expect(stderr).toMatch(/^Port \d+ is in use on ::1: .* Choose another: pnpm start --port 0\n$/);
});
