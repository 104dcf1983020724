import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { generate } from "selfsigned";
import { type WebSocket, WebSocketServer } from "ws";

/**
 * A stand-in for AppSync Events, over which `sst dev` and the function on AWS talk: what is published on a channel
 * goes to everybody who has subscribed to it.
 * https://docs.aws.amazon.com/appsync/latest/eventapi/event-api-websocket-protocol.html
 */
export type EventsApi = {
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** The certificate that clients must trust, PEM. */
  readonly certificate: string;
  close(): Promise<void>;
};

type Subscription = { readonly socket: WebSocket; readonly id: string; readonly channel: string };

export async function serveEventsApi(): Promise<EventsApi> {
  const altNames = [{ type: 7, ip: "127.0.0.1" }] as const;
  const { private: key, cert } = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    keySize: 2048,
    extensions: [{ name: "subjectAltName", altNames: [...altNames] }],
  });
  const subscriptions = new Set<Subscription>();

  const server = createServer({ key, cert }, async (request, response) => {
    if (request.method !== "POST" || request.url !== "/event") {
      response.end("{}");
      return;
    }
    const { channel, events } = (await json(request)) as { channel: string; events: string[] }; // what SST publishes
    for (const { socket, id, channel: theirs } of subscriptions) {
      if (theirs !== channel) continue;
      for (const event of events) socket.send(JSON.stringify({ type: "data", id, event }));
    }
    response.end("{}");
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => "aws-appsync-event-ws" });
  sockets.on("connection", (socket) => {
    socket.on("message", (text) => {
      const { type, id, channel } = JSON.parse(String(text)) as { type: string; id: string; channel: string }; // the protocol's
      if (type === "connection_init") {
        socket.send(JSON.stringify({ type: "connection_ack", connectionTimeoutMs: 300_000 }));
      } else if (type === "subscribe") {
        subscriptions.add({ socket, id, channel });
        socket.send(JSON.stringify({ type: "subscribe_success", id }));
      }
    });
    socket.on("close", () => {
      for (const each of subscriptions) if (each.socket === socket) subscriptions.delete(each);
    });
  });

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`, // listening on TCP
    certificate: cert,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
