import { randomBytes, randomInt } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

/** How long somebody who has begun to speak may take until a request is complete. */
const HEADERS_MS = 10_000;

/**
 * Where the secret stands in AWS_LAMBDA_RUNTIME_API. In the path, for a client that takes `host:port/path`; AWS's own
 * takes nothing but `host:port`, so there it is one of the sixteen million addresses of the loopback interface.
 */
export type SecretPlace = "path" | "host";

export function makeSecret(
  place: SecretPlace,
  platform: NodeJS.Platform = process.platform,
): { readonly hostname: string; readonly path: string } {
  if (place === "path") return { hostname: "127.0.0.1", path: `/${randomBytes(16).toString("hex")}` };
  // Other systems have 127.0.0.1 alone, and AWS's client does not run there.
  const isWhole = platform === "linux" || platform === "win32";
  const part = () => randomInt(1, 255);
  return { hostname: isWhole ? `127.${part()}.${part()}.${part()}` : "127.0.0.1", path: "" };
}

/** Whether a web page may have sent it: by a name of its own (DNS rebinding), or from a browser at all. */
export function isFromOutside({ headers }: IncomingMessage, authority: string): boolean {
  return (
    headers.host !== authority || headers.origin !== undefined || headers["sec-fetch-site"] !== undefined
  );
}

/** Who may speak on a connection: nobody is asked twice. */
export type Strangers = {
  isAdmitted(socket: Socket): boolean;
  admit(socket: Socket): void;
};

/**
 * Hangs up on whoever begins a request and does not get on with it, until it is admitted. Silent connections stay: a
 * client connects before its init, which may take minutes.
 */
export function watchStrangers(server: Server, headersMs = HEADERS_MS): Strangers {
  const checks = new Map<Socket, NodeJS.Timeout>();
  function admit(socket: Socket): void {
    clearInterval(checks.get(socket));
    checks.delete(socket);
  }
  server.on("connection", (socket: Socket) => {
    const check = setInterval(() => socket.bytesRead > 0 && socket.destroy(), headersMs).unref();
    checks.set(socket, check);
    socket.once("close", () => admit(socket));
  });
  return { admit, isAdmitted: (socket) => !checks.has(socket) };
}
