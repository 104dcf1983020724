import { Draw } from "@acme/core/draw";
import { LuckyNumbersRequest } from "@acme/core/lucky-numbers";
import * as z from "@acme/core/zod";
import { contract } from "@lucky/gateway/contract";
import { onceProblems, write } from "@lucky/resources/declare";
import { Draws, Requests } from "./resources.ts";

export const keepDraw = contract({
  method: "POST",
  path: "/draws",
  summary: "Draws lucky numbers and keeps the draw for 30 days",
  body: LuckyNumbersRequest,
  example: { name: "SilentByte", count: 10 },
  idempotent: "idempotency-key",
  headers: z.object({ "idempotency-key": z.optional(z.string().check(z.minLength(1), z.maxLength(255))) }),
  reply: { 201: Draw },
  replyHeaders: { 201: { location: "Where the draw is." } },
  problems: onceProblems,
  uses: { draws: write(Draws), requests: write(Requests) },
});
