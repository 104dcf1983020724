import { expect, test } from "vitest";
import { routeShape } from "./route-shape.ts";

const shape = (path: `/${string}`) => routeShape({ method: "GET", path });

test("the names of parameters do not tell routes apart", () => {
  expect(shape("/draws/{id}/numbers/{n}")).toBe(shape("/draws/{draw}/numbers/{position}"));
  expect(shape("/files/{path+}")).toBe(shape("/files/{rest+}"));
});

test("the method, a parameter and its being greedy do", () => {
  const shapes = [shape("/draws"), shape("/draws/{id}"), shape("/draws/{id+}")];
  expect(new Set([...shapes, routeShape({ method: "PUT", path: "/draws" })]).size).toBe(4);
});
