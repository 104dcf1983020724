import { expect, test } from "vitest";
import type { Level, Write } from "./dynalite.ts";
import { writeInOrder } from "./write-in-order.ts";

const put = (key: string): Write[] => [{ type: "put", key, value: 1 }];

/** What is written, until the disk is full once. */
function startDatabase(): { db: Level; written: string[] } {
  const written: string[] = [];
  const batch = async ([first]: readonly Write[]) => {
    await new Promise((resolve) => setImmediate(resolve));
    if (first?.key === "full") throw new Error("No space left on device");
    written.push(first?.key ?? "");
  };
  const db = { batch } as unknown as Level; // all that is used of it
  writeInOrder(db);
  return { db, written };
}

test("writes follow each other in the order in which they were asked for", async () => {
  const { db, written } = startDatabase();
  await Promise.all(["a", "b", "c"].map((key) => db.batch(put(key))));
  expect(written).toEqual(["a", "b", "c"]);
});

test("no write follows one that failed, whether it was asked for before or after", async () => {
  const { db, written } = startDatabase();
  const answers = await Promise.allSettled(["a", "full", "b"].map((key) => db.batch(put(key))));
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
  await expect(db.batch(put("c"))).rejects.toThrow(
    "No space left on device. Nothing more is written: make room on the disk, and start again",
  );
  expect(await new Promise((resolve) => db.batch(put("d"), resolve))).toBeInstanceOf(Error);
  expect(written).toEqual(["a"]);
});
