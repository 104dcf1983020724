import { expect, test } from "vitest";
import { manifests, rooms } from "./sources.ts";

test.each(rooms.filter((room) => room.startsWith("toolkit/")))("%s names what others may use", (room) => {
  const { exports } = manifests.get(room) ?? {};
  expect(exports).toBeDefined(); // or each of its files could be imported
  const names = Object.keys(exports ?? {});
  expect(names.filter((name) => name.includes("*"))).toEqual([]);
});
