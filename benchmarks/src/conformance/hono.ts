import { zValidator } from "@hono/zod-validator";
import type { LambdaHandler, Subject, WantedReply } from "@lucky/gateway/conformance/subject";
import { type Context, Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { getCookie } from "hono/cookie";
import { z } from "zod";

// https://hono.dev/docs/getting-started/aws-lambda and https://hono.dev/docs/guides/validation
const body = z.object({ name: z.string(), count: z.number().int().min(0).max(4_294_967_295) });

export const hono: Subject = {
  name: "Hono 4.13",
  draw: run(
    new Hono().post("/lucky_numbers", zValidator("json", body), (c) =>
      c.json({ name: c.req.valid("json").name }),
    ),
  ),
  look: run(
    new Hono().get("/my/path", (c) =>
      c.json({
        path: c.req.path,
        a: c.req.queries("a"),
        b: c.req.queries("b"),
        cookies: { a: getCookie(c, "a"), b: getCookie(c, "b") },
        xA: c.req.header("x-a"),
      }),
    ),
  ),
  answer: (answer) => run(new Hono().get("/my/path", (c) => reply(c, answer))),
};

function reply(c: Context, answer: WantedReply): Response {
  if (answer.kind === "throw") throw answer.error;
  if (answer.kind === "empty") return c.body(null, 204);
  if (answer.kind === "text") return c.text("x".repeat(answer.length));
  if (answer.kind === "bytes") {
    c.header("content-type", answer.type);
    if (answer.encoding) c.header("content-encoding", answer.encoding);
    return c.body(Uint8Array.from(answer.bytes).buffer);
  }
  for (const cookie of answer.cookies) c.header("set-cookie", cookie, { append: true });
  return c.json("x");
}

function run(app: Hono): LambdaHandler {
  const handler = handle(app);
  return (event) => handler(event as Parameters<typeof handler>[0]); // whatever comes, as Lambda would
}
