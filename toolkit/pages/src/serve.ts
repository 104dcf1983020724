import { createServer } from "node:http";
import { resolve } from "node:path";
import { readApiUrl } from "./api-url.ts";
import { foreignHostOf } from "./host.ts";
import { createSite } from "./site.ts";

// The site of ./pages alone on this machine, for an API elsewhere at VITE_API_URL: what `sst dev` runs beside the stage that it
// deploys. Its argument is the port, 0 for any free one.

const site = createSite(readApiUrl(process.env), resolve("pages"));
const port = Number(process.argv[2]);

const server = createServer(async (incoming, response) => {
  const { method = "GET", url = "/", headers } = incoming;
  if (foreignHostOf(incoming) !== undefined) {
    response.writeHead(403).end("This server is asked for by localhost or an IP address only.\n");
    return;
  }
  const [path = "/"] = url.split("?");
  const request = { method, path, headers };
  const found = (await site.respond(request)) ?? (await site.respondNotFound(request));
  if (found?.failure !== undefined) console.error(found.failure);
  response.writeHead(found?.status ?? 404, found?.headers).end(found?.body);
});
server.once("error", (error) => {
  console.error(`The page cannot be served on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1", () => {
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  console.log(`Page: http://localhost:${actual}/`);
});
