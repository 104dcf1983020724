import { expect, test } from "vitest";
import { score, subjects } from "./scoreboard.ts";

test("this project gets every case right", async () => {
  const own = subjects.findIndex(({ name }) => name === "Lucky Lambda");
  const wrong = (await score()).filter(({ passed }) => !passed[own]).map(({ name }) => name);
  expect(wrong).toEqual([]);
});
