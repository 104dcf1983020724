import { builtinModules } from "node:module";
import { describe, expect, test } from "vitest";
import { findCircles } from "./circles.ts";
import { lineOf, readDrawing } from "./drawing.ts";
import { isUnexported, manifests, type Reach, reaches, roomOf, rooms } from "./sources.ts";

// The drawing and the rules of docs/architecture.md, held to every import of the house.

const drawing = readDrawing();
const isToolkit = (room: string) => room.startsWith("toolkit/");
const describeReach = ({ file, target }: Reach) => `${file} reaches ${target}`;

/** Whether a room is one of those that a line names: by its own name, or as a package of one's own. */
function isNamed(room: string, names: readonly string[]): boolean {
  if (names.includes(room)) return true;
  const isOwn = room.startsWith("packages/") && !drawing.some((line) => line.room === room);
  return isOwn && names.includes("packages/*");
}

/** What a room reaches in others. */
function beyond(room: string): readonly Reach[] {
  return reaches.filter(
    (each) => each.room === room && each.targetRoom !== undefined && each.targetRoom !== room,
  );
}

describe("the drawing", () => {
  test("has every room, and no other", () => {
    expect(rooms.filter((room) => lineOf(drawing, room) === undefined)).toEqual([]);
    const unknown = drawing.filter(({ room }) => !room.endsWith("/*") && !rooms.includes(room));
    expect(unknown.map(({ room }) => `${room} is drawn and not there`)).toEqual([]);
  });

  test.each(rooms)("lets %s import what it imports", (room) => {
    const line = lineOf(drawing, room);
    const wrong = beyond(room).filter(({ targetRoom = "", isTest }) => {
      const allowed = [...(line?.imports ?? []), ...(isTest ? (line?.inTests ?? []) : [])];
      return !isNamed(targetRoom, allowed);
    });
    const advice = "docs/architecture.md does not show this arrow: do without it, or add it there";
    expect(wrong.map(describeReach), advice).toEqual([]);
  });

  test.each(drawing)("has no arrow from $room that nobody takes", ({ room, imports, inTests }) => {
    const those = rooms.filter((each) => lineOf(drawing, each)?.room === room);
    const isUntaken = (target: string, inTest: boolean) =>
      target !== "packages/*" && those.length > 0 && !those.some((each) => takes(each, target, inTest));
    const untaken = [
      ...imports.filter((target) => isUntaken(target, false)),
      ...inTests.filter((target) => isUntaken(target, true)),
    ];
    expect(untaken.map((target) => `${room} ──► ${target}`)).toEqual([]);
  });
});

/** The toolkit's arrows are its imports. A product may have one for what its package.json names, used or not yet. */
function takes(room: string, target: string, inTest: boolean): boolean {
  const { dependencies, devDependencies } = manifests.get(room) ?? {};
  const named = room === "tests" || inTest ? devDependencies : dependencies; // what tests need is for development alone
  const isDeclared = (manifests.get(target)?.name ?? "") in { ...named };
  const isImported = beyond(room).some((each) => each.targetRoom === target && each.isTest === inTest);
  return isImported || (!isToolkit(room) && isDeclared);
}

describe("imports", () => {
  test("never go round in a circle, types included", () => {
    expect(findCircles(reaches)).toEqual([]);
  });

  test("lead to what a package exports", () => {
    expect(reaches.filter(isUnexported).map(describeReach)).toEqual([]);
  });

  test("reach another room by its name, not by a path into it", () => {
    const byPath = reaches.filter(
      ({ file, target, targetFile }) =>
        target.startsWith(".") && ![undefined, roomOf(file)].includes(targetFile && roomOf(targetFile)),
    );
    expect(byPath.map(describeReach)).toEqual([]);
  });

  test.each(rooms.filter((room) => isToolkit(room) || room === "infra"))(
    "of %s are its workspace dependencies",
    (room) => {
      const { dependencies = {}, devDependencies = {} } = manifests.get(room) ?? {};
      const named = Object.entries({ ...dependencies, ...devDependencies })
        .filter(([, version]) => version === "workspace:*")
        .map(([name]) => name);
      const imported = beyond(room).map(({ targetRoom = "" }) => manifests.get(targetRoom)?.name);
      expect(named.sort()).toEqual([...new Set(imported)].sort());
    },
  );
});

describe("the toolkit", () => {
  test("never reaches the product", () => {
    const wrong = reaches.filter(
      ({ room, targetRoom }) => isToolkit(room) && targetRoom !== undefined && !isToolkit(targetRoom),
    );
    expect(wrong.map(describeReach)).toEqual([]);
  });
});

describe("what a function runs", () => {
  const inFunctions = reaches.filter(
    ({ room, isTest, file }) =>
      !isTest &&
      (room.startsWith("functions/") ||
        ["packages/core", "packages/contracts"].includes(room) ||
        file.startsWith("toolkit/gateway/src/")),
  );
  const zodOf = (room: string) =>
    reaches.filter((each) => each.room === room && !each.isTest && /^zod(?:\/|$)/.test(each.target));

  test("is core without Node", () => {
    const node = reaches.filter(
      ({ room, isTest, target }) =>
        room === "packages/core" &&
        !isTest &&
        (target.startsWith("node:") || builtinModules.includes(target)),
    );
    expect(node.map(describeReach)).toEqual([]);
  });

  test("is a gateway that knows no schema library, but where it makes OpenAPI of zod's", () => {
    const outside = zodOf("toolkit/gateway").filter(
      ({ file }) => !file.startsWith("toolkit/gateway/src/openapi/"),
    );
    expect(outside.map(describeReach)).toEqual([]);
  });

  test("is zod as zod/mini, by the namespace, which a bundle can leave out in part", () => {
    const others = zodOf("packages/core").filter(
      ({ target }) => !["zod/mini", "zod/v4/core"].includes(target),
    );
    expect(others.map(describeReach)).toEqual([]);
  });

  test.each([
    "node:http",
    "node:https",
    "http",
    "https",
    "sst",
    "pino",
    "winston",
    "@aws-lambda-powertools/logger",
  ])("never imports %s", (target) => {
    expect(inFunctions.filter((each) => each.target === target).map(describeReach)).toEqual([]);
  });
});
