import { contract } from "@lucky/gateway/contract";
import { lambda } from "@lucky/gateway/lambda";
import * as z from "zod/mini";

const echo = contract({
  method: "POST",
  path: "/lucky_numbers",
  summary: "Tells how long a name is, whatever else comes with it",
  body: z.object({ name: z.string() }),
  example: { name: "SilentByte" },
  maxBodyBytes: 6_000_000,
  reply: z.object({ length: z.number() }),
});

export const handler = lambda(echo, ({ body }) => ({ length: body.name.length }));
