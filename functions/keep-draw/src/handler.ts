import { randomInt } from "node:crypto";
import { keepDraw } from "@acme/contracts/keep-draw";
import { makeDraw } from "@acme/core/draw";
import { reply } from "@lucky/gateway/reply";
import { lambdaOnce } from "@lucky/resources/once";

export const handler = lambdaOnce(keepDraw, async ({ body, draws }) => {
  const draw = makeDraw(body, new Date(), randomInt);
  await draws.put(draw);
  return reply(201, draw, { headers: { location: `/draws/${draw.id}` } });
});
