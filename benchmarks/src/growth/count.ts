import { recorded } from "@lucky/gateway/recorded";
import { findProgram, type Program } from "../programs.ts";
import { spreadOf } from "../statistics.ts";
import { BY_HAND, OURS } from "../subjects.ts";
import { measureWarm, type WarmCell, type WarmEffort } from "../warm.ts";
import type { Growth } from "./growth.ts";

const COUNTS = [2, 10, 20];
const NAMES = [BY_HAND, OURS, "plain handler, zod (cjs)", "Hono 4.13, zod (cjs)"];

/** Warm time by how many numbers are drawn. */
export async function growWithCount(programs: readonly Program[], effort: WarmEffort): Promise<Growth> {
  const cells = NAMES.flatMap((name) => COUNTS.map((count) => toCell(findProgram(programs, name), count)));
  const figures = await measureWarm(cells, effort);
  return {
    title: "By count",
    of: "numbers drawn",
    about: "Warm time in process.",
    columns: COUNTS.map(String),
    rows: NAMES.map((name) => ({
      name,
      unit: "µs",
      cells: COUNTS.map((count) => spreadOf(figures.get(`${name} ${count}`) ?? [])),
    })),
  };
}

function toCell({ name, bundle }: Program, count: number): WarmCell {
  const event = recorded("http", { body: JSON.stringify({ name: "SilentByte", count }) });
  return { name: `${name} ${count}`, file: bundle?.file ?? "", event: JSON.stringify(event) };
}
