import { Agent, type IncomingMessage, request as send } from "node:http";
import type { AwsRequest, AwsResponse } from "./aws-service.ts";

/** What a service reads; the others are of the connection. */
const HEADERS: readonly string[] = [
  "content-type",
  "authorization",
  "user-agent",
  "x-amz-target",
  "x-amz-date",
];
const RESPONSE_HEADERS: readonly string[] = ["content-type", "x-amz-crc32", "x-amzn-requestid"];

export type Forwarding = {
  /** Asks the service at that address, and gives its response. Rejects where there is none. */
  send(url: string, request: AwsRequest): Promise<AwsResponse>;
  close(): void;
};

/** Hands requests on to a service in another place of this machine. */
export function createForwarding(): Forwarding {
  const agent = new Agent({ keepAlive: true });
  return {
    async send(url, { method, url: path, headers, body }) {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const own = pick(headers, HEADERS);
        send(
          new URL(path, url),
          { agent, method, headers: { ...own, "content-length": body.length } },
          resolve,
        )
          .on("error", reject)
          .end(body);
      });
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      return {
        status: response.statusCode ?? 500,
        headers: pick(response.headers, RESPONSE_HEADERS),
        body: Buffer.concat(chunks),
      };
    },
    close: () => agent.destroy(),
  };
}

function pick(headers: AwsRequest["headers"], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
}
