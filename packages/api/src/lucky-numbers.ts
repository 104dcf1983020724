import { LuckyNumbers, LuckyNumbersRequest } from "@lucky/core/lucky-numbers";
import { contract } from "@lucky/gateway/contract";

export const luckyNumbers = contract({
  method: "POST",
  path: "/lucky_numbers",
  summary: "Greets by name and draws lucky numbers",
  body: LuckyNumbersRequest,
  example: { name: "SilentByte", count: 10 },
  reply: LuckyNumbers,
});
