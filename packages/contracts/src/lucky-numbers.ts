import { LuckyNumbers, LuckyNumbersRequest } from "@acme/core/lucky-numbers";
import { contract } from "@lucky/gateway/contract";

export const luckyNumbers = contract({
  method: "POST",
  path: "/lucky_numbers",
  summary: "Greets by name and draws lucky numbers",
  description: "A count below 2 draws 2 numbers, one above 20 draws 20. Each is a whole number from 1 to 41.",
  body: LuckyNumbersRequest,
  example: { name: "SilentByte", count: 10 },
  idempotent: true, // nothing remembers a draw
  reply: LuckyNumbers,
  replyExample: {
    message: "Hi, 'SILENTBYTE'. Your lucky numbers are:",
    numbers: [5, 15, 6, 37, 14, 20, 19, 19, 32, 25],
  },
});
