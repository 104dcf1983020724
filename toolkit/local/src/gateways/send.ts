import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Gateway } from "./gateway.ts";
import type { HttpResponse } from "./response.ts";

/** What is between this server and its caller alone, whatever the function says. */
const CONNECTION = ["connection", "content-length", "keep-alive", "trailer", "transfer-encoding", "upgrade"];

/** Sends the response; or, where HTTP cannot carry it, as with a line break in a header, an error of the gateway. */
export function trySend(response: ServerResponse, reply: HttpResponse, gateway: Gateway): HttpResponse {
  try {
    return send(response, reply);
  } catch (error) {
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    return send(response, { ...gateway.refuse("malformed-result"), failure: String(error) });
  }
}

function send(response: ServerResponse, reply: HttpResponse): HttpResponse {
  const { status, headers, body } = reply;
  for (const [name, value] of Object.entries(headers)) {
    if (!CONNECTION.includes(name)) response.setHeader(name, value);
  }
  if (status !== 204 && status !== 304) response.setHeader("content-length", Buffer.byteLength(body));
  response.writeHead(status).end(body);
  return reply;
}

/** Answers what is no HTTP, or too much of it, on the bare socket. */
export function refuseRaw(gateway: Gateway, error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return;
  const refusal = error.code === "HPE_HEADER_OVERFLOW" ? "headers-too-large" : "bad-request";
  const { status, headers, body } = gateway.refuse(refusal);
  const fields = { ...headers, "content-length": Buffer.byteLength(body), connection: "close" };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`, () =>
    socket.destroy(),
  );
}
