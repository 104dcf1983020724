import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** What the server does with a request once all of it is here: it writes, ends or destroys. */
export type Act = (socket: Socket, request: string) => void;

/** A server that does to each request what its turn says, the last of them to all that follow. */
export async function startRawServer(...acts: Act[]) {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
      const [head = "", rest] = text.split("\r\n\r\n", 2);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (rest === undefined || Buffer.byteLength(rest) < length) return;
      const request = text;
      text = "";
      requests.push(request);
      acts[Math.min(requests.length, acts.length) - 1]?.(socket, request);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    closeIdle: () => Promise.all([...sockets].map((socket) => once(socket.destroy(), "close"))),
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Answers as AWS does. */
export function answer(status: number, body: unknown, type = "application/x-amz-json-1.0"): Act {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const head = `HTTP/1.1 ${status} X\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(text)}`;
  return (socket) => socket.write(`${head}\r\n\r\n${text}`);
}

/** An error as DynamoDB sends it. */
export function refusal(name: string, message = name, status = 400, details = {}): Act {
  return answer(status, { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message, ...details });
}

export const drop: Act = (socket) => socket.resetAndDestroy();
