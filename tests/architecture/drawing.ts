import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./sources.ts";

/** A line of the drawing: a room, or a kind of room such as `functions/*`, and the rooms that it may import. */
export type Line = {
  readonly room: string;
  readonly imports: readonly string[];
  /** What its tests may import as well. */
  readonly inTests: readonly string[];
};

const LINE =
  /^((?:packages|functions|toolkit)\/[\w*-]+|infra|tests) *(?:──► *([^()]*?))? *(?:\(tests: ([^)]*)\))?$/;

/** The drawing of docs/architecture.md: each line of its code blocks that begins with a room. */
export function readDrawing(): readonly Line[] {
  const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
  const blocks = [...page.matchAll(/^```\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  const found = blocks
    .flatMap((block) => block.split("\n"))
    .map((line) => LINE.exec(line.trim()))
    .filter((match) => match !== null);
  const names = new Map(found.map(([, room = ""]) => [room.replace(/^(?:packages|toolkit)\//, ""), room]));
  const toRooms = (list = "") =>
    list
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "")
      .map((name) => names.get(name) ?? name);
  return found.map(([, room = "", imports, inTests]) => ({
    room,
    imports: toRooms(imports),
    inTests: toRooms(inTests),
  }));
}

/** The line that a room goes by: its own, or that of its kind. */
export function lineOf(drawing: readonly Line[], room: string): Line | undefined {
  const kind = room.replace(/\/.*/, "/*");
  return drawing.find((line) => line.room === room) ?? drawing.find((line) => line.room === kind);
}
