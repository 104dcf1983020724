import { luckyNumbers } from "@acme/contracts/lucky-numbers";
import { drawLuckyNumbers } from "@acme/core/lucky-numbers";
import { lambda } from "@lucky/gateway/lambda";
import { randomInt } from "./random-int.ts";

export const handler = lambda(luckyNumbers, ({ body }) => drawLuckyNumbers(body, randomInt));
