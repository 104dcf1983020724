import type { Contract } from "@lucky/gateway/contract";
import { luckyNumbers } from "./lucky-numbers.ts";

/** The whole API: each contract under the name of the folder in functions/ that fulfils it. */
export const api = {
  "lucky-numbers": luckyNumbers,
} satisfies Record<string, Contract>;
