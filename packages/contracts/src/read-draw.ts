import { Draw, DrawId } from "@acme/core/draw";
import * as z from "@acme/core/zod";
import { contract } from "@lucky/gateway/contract";
import { read } from "@lucky/resources/declare";
import { Draws } from "./resources.ts";

export const readDraw = contract({
  method: "GET",
  path: "/draws/{id}",
  summary: "Reads a draw that was kept",
  params: z.object({ id: DrawId }),
  examples: { params: { id: "01a21293-b600-7000-8000-000000000000" } },
  reply: Draw,
  problems: { "draw-not-found": { status: 404, title: "There is no such draw" } },
  uses: { draws: read(Draws) },
});
