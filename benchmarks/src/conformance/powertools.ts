import { Router } from "@aws-lambda-powertools/event-handler/http";
import type { LambdaHandler, Subject, WantedReply } from "@lucky/gateway/conformance/subject";
import { context } from "@lucky/gateway/testing";
import { z } from "zod";

// https://docs.aws.amazon.com/powertools/typescript/latest/features/event-handler/http/
const body = z.object({ name: z.string(), count: z.number().int().min(0).max(4_294_967_295) });
const quiet = { logger: { debug() {}, warn() {}, error() {} } };

export const powertools: Subject = {
  name: "Powertools 2.35",
  draw: run((app) =>
    app.post("/lucky_numbers", ({ valid }) => ({ name: valid.req.body.name }), {
      validation: { req: { body } },
    }),
  ),
  look: run((app) =>
    app.get("/my/path", ({ req }) => {
      const { pathname, searchParams } = new URL(req.url);
      return {
        path: pathname,
        a: searchParams.getAll("a"),
        b: searchParams.getAll("b"),
        cookies: parseCookies(req.headers.get("cookie")),
        xA: req.headers.get("x-a"),
      };
    }),
  ),
  answer: (answer) => run((app) => app.get("/my/path", () => reply(answer))),
};

/** Powertools gives the web's own Request, which leaves cookies to the author. */
function parseCookies(header: string | null): Record<string, string> {
  return Object.fromEntries((header ?? "").split(/;\s*/).map((pair) => pair.split("=")));
}

function reply(answer: WantedReply): Response {
  if (answer.kind === "throw") throw answer.error;
  if (answer.kind === "empty") return new Response(null, { status: 204 });
  if (answer.kind === "text") return new Response("x".repeat(answer.length));
  const headers = new Headers();
  if (answer.kind === "bytes") {
    headers.set("content-type", answer.type);
    if (answer.encoding) headers.set("content-encoding", answer.encoding);
    return new Response(Uint8Array.from(answer.bytes), { headers });
  }
  for (const cookie of answer.cookies) headers.append("set-cookie", cookie);
  return Response.json("x", { headers });
}

function run(route: (app: Router) => void): LambdaHandler {
  const app = new Router(quiet as ConstructorParameters<typeof Router>[0]); // as much of a logger as it uses
  route(app);
  return (event) => app.resolve(event, context as Parameters<typeof app.resolve>[1]); // what Node.js 24 has of it
}
