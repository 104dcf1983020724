import { KeptDraw } from "@acme/core/draw";
import { idempotencyTable, table } from "@lucky/resources/declare";

/** The draws that are kept. The latest are found by shard: all in one place would be written by one machine of AWS's. */
export const Draws = table("draws", {
  item: KeptDraw,
  key: { partition: "id" },
  indexes: { latest: { partition: "shard", sort: "id" } },
  numbers: ["shard"],
  expires: "expiresAt",
});

/** Requests that must not be done twice, with what was answered to them. */
export const Requests = idempotencyTable("requests");
