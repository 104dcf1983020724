import { randomInt } from "node:crypto";
import { luckyNumbers } from "@lucky/api/lucky-numbers";
import { drawLuckyNumbers } from "@lucky/core/lucky-numbers";
import { lambda } from "@lucky/gateway/lambda";

export const handler = lambda(luckyNumbers, ({ body }) => drawLuckyNumbers(body, randomInt));
