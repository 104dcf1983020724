import { readDraw } from "@acme/contracts/read-draw";
import { problem } from "@lucky/gateway/problem";
import { lambda } from "@lucky/resources/lambda";

export const handler = lambda(
  readDraw,
  async ({ params, draws }) =>
    (await draws.get(params)) ??
    problem("draw-not-found", "Draws are kept for 30 days: POST /draws makes a new one."),
);
