import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Application } from "@lucky/application/application";
import { createApiServer } from "@lucky/local/api-server";
import { http } from "@lucky/local/gateways/http";
import { startLambdaService } from "@lucky/local/lambda-service";

/** The API under test. */
export type Target = { readonly url: string; stop(): void };

/** The API at API_URL, as after a deploy, or the application on this machine. */
export async function startTarget({ functions, cors }: Application): Promise<Target> {
  const { API_URL = "" } = process.env;
  if (API_URL !== "") return { url: API_URL.replace(/\/$/, ""), stop() {} };
  const lambda = await startLambdaService(functions);
  const server = createApiServer({ functions, lambda, gateway: http, cors, onExchange() {} });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // listening on TCP
    stop() {
      server.close();
      server.closeAllConnections();
      lambda.stop();
    },
  };
}
