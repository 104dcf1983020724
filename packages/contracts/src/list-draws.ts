import { DrawId, DrawsPage } from "@acme/core/draw";
import * as z from "@acme/core/zod";
import { contract } from "@lucky/gateway/contract";
import { read } from "@lucky/resources/declare";
import { Draws } from "./resources.ts";

export const listDraws = contract({
  method: "GET",
  path: "/draws",
  summary: "Lists the latest draws, in pages",
  query: z.object({
    limit: z._default(z.coerce.number<string>().check(z.int(), z.gte(1), z.lte(100)), 20),
    cursor: z.optional(DrawId),
  }),
  reply: DrawsPage,
  uses: { draws: read(Draws) },
});
