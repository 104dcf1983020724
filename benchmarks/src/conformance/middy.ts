import type { AnyResult, LambdaHandler, Subject, WantedReply } from "@lucky/gateway/conformance/subject";
import { context } from "@lucky/gateway/testing";
import middy from "@middy/core";
import httpErrorHandler from "@middy/http-error-handler";
import httpHeaderNormalizer from "@middy/http-header-normalizer";
import httpJsonBodyParser from "@middy/http-json-body-parser";
import { z } from "zod";

// https://middy.js.org/docs/middlewares/http-json-body-parser
const body = z.object({ name: z.string(), count: z.number().int().min(0).max(4_294_967_295) });

/** Middy puts middlewares around the event; reading and answering it is left to the author. */
type Event = {
  readonly body: unknown;
  readonly rawPath?: string;
  readonly path?: string;
  readonly headers: Record<string, string> | null;
};
type Run = (event: Event) => AnyResult;

export const middyJs: Subject = {
  name: "middy 7.9",
  lacks: ["query", "cookies", "repeated headers", "routes", "dialects"],
  draw: run((event) => {
    const checked = body.safeParse(event.body);
    if (!checked.success) return { statusCode: 422, body: JSON.stringify(checked.error.issues) };
    return json({ name: checked.data.name });
  }, true),
  look: run((event) => json({ path: event.rawPath ?? event.path, xA: event.headers?.["x-a"] })),
  answer: (answer) => run(() => reply(answer)),
};

const json = (value: unknown): AnyResult => ({
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

/** The author writes the result by hand, for the one gateway that he has in mind: here payload 2.0. */
function reply(answer: WantedReply): AnyResult {
  if (answer.kind === "throw") throw answer.error;
  if (answer.kind === "empty") return { statusCode: 204 };
  if (answer.kind === "text") return { statusCode: 200, body: "x".repeat(answer.length) };
  if (answer.kind === "cookies") return { ...json("x"), cookies: answer.cookies };
  const headers = {
    "content-type": answer.type,
    ...(answer.encoding && { "content-encoding": answer.encoding }),
  };
  return {
    statusCode: 200,
    headers,
    body: Buffer.from(answer.bytes).toString("base64"),
    isBase64Encoded: true,
  };
}

function run(handle: Run, hasBody = false): LambdaHandler {
  const handler = middy()
    .use(httpHeaderNormalizer())
    .use(hasBody ? [httpJsonBodyParser()] : [])
    .use(httpErrorHandler({ logger: false, fallbackMessage: "Something went wrong" }))
    .handler(async (event: Event) => handle(event));
  return async (event) => handler(event as Event, context as Parameters<typeof handler>[1]); // whatever comes
}
