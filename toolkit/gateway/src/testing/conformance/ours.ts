import * as z from "zod/mini";
import { contract } from "../../contract/contract.ts";
import { reply } from "../../contract/reply.ts";
import { bytes, text } from "../../contract/schema.ts";
import { type Handler, lambda } from "../../http/lambda.ts";
import { cookiesOf, queryOf } from "../../http/request.ts";
import { context } from "../testing.ts";
import type { LambdaHandler, Subject } from "./subject.ts";

const draw = contract({
  method: "POST",
  path: "/lucky_numbers",
  summary: "Draws",
  body: z.object({ name: z.string(), count: z.uint32() }),
  example: { name: "x", count: 2 },
  reply: z.object({ name: z.string() }),
});
const look = contract({ method: "GET", path: "/my/path", summary: "Looks", reply: z.unknown() });

export const ours: Subject = {
  name: "Lucky Lambda",
  draw: run(lambda(draw, ({ body }) => ({ name: body.name }))),
  look: run(
    lambda(look, ({ request }) => {
      const { a, b } = queryOf(request);
      return {
        path: request.path,
        a: list(a),
        b: list(b),
        cookies: cookiesOf(request),
        xA: request.headers?.["x-a"],
      };
    }),
  ),
  answer(answer) {
    if (answer.kind === "cookies")
      return run(lambda(look, () => reply(200, "x", { cookies: answer.cookies })));
    if (answer.kind === "empty") return run(lambda({ ...look, reply: { 204: null } }, () => reply(204)));
    if (answer.kind === "text")
      return run(lambda({ ...look, reply: text() }, () => "x".repeat(answer.length)));
    if (answer.kind === "bytes") {
      const headers: Record<string, string> = answer.encoding ? { "content-encoding": answer.encoding } : {};
      return run(lambda({ ...look, reply: bytes(answer.type) }, () => reply(200, answer.bytes, { headers })));
    }
    return run(
      lambda(look, () => {
        throw answer.error;
      }),
    );
  },
};

const list = (value: string | readonly string[] | undefined) =>
  value === undefined ? undefined : [value].flat();

function run(handler: Handler): LambdaHandler {
  return (event) => handler(event, context);
}
