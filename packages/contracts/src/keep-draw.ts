import { Draw } from "@acme/core/draw";
import { LuckyNumbersRequest } from "@acme/core/lucky-numbers";
import { contract } from "@lucky/gateway/contract";
import { write } from "@lucky/resources/declare";
import { Draws } from "./resources.ts";

export const keepDraw = contract({
  method: "POST",
  path: "/draws",
  summary: "Draws lucky numbers and keeps the draw for 30 days",
  body: LuckyNumbersRequest,
  example: { name: "SilentByte", count: 10 },
  reply: { 201: Draw },
  replyHeaders: { 201: { location: "Where the draw is." } },
  uses: { draws: write(Draws) },
});
