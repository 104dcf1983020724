import { type Case, cases } from "@lucky/gateway/conformance/cases";
import { ours } from "@lucky/gateway/conformance/ours";
import type { Subject } from "@lucky/gateway/conformance/subject";
import { hono } from "./hono.ts";
import { middyJs } from "./middy.ts";
import { powertools } from "./powertools.ts";

export const subjects: readonly Subject[] = [ours, middyJs, powertools, hono];

export type Score = {
  readonly name: string;
  readonly kind: Case["kind"];
  /** For each library; undefined where it leaves the matter to the author. */
  readonly passed: readonly (boolean | undefined)[];
};

/** Runs every case through every library; what they log meanwhile is thrown away. */
export async function score(): Promise<readonly Score[]> {
  const scores: Score[] = [];
  for (const { name, kind, about, passes } of cases) {
    const passed: (boolean | undefined)[] = [];
    for (const subject of subjects) {
      const isItsConcern = about === undefined || !subject.lacks?.includes(about);
      passed.push(isItsConcern ? await quietly(() => passes(subject)) : undefined);
    }
    scores.push({ name, kind, passed });
  }
  return scores;
}

/** As plain text: a row for a case, a column for a library, and how many facts each got right. */
export function toTable(scores: readonly Score[]): string {
  const width = Math.max(...scores.map(({ name }) => name.length));
  const toRow = (first: string, cells: readonly string[]) =>
    [
      first.padEnd(width),
      ...cells.map((cell, index) => cell.padStart(subjects[index]?.name.length ?? 0)),
    ].join("  ");
  const toRows = (some: readonly Score[]) => some.map(({ name, passed }) => toRow(name, passed.map(toMark)));
  const names = subjects.map(({ name }) => name);
  const facts = scores.filter(({ kind }) => kind === "fact");
  const choices = scores.filter(({ kind }) => kind === "choice");
  return [
    toRow("FACTS OF HTTP AND AWS", names),
    ...toRows(facts),
    toRow(
      "right, of what it takes on",
      names.map((_, index) => count(facts.map(({ passed }) => passed[index]))),
    ),
    "",
    toRow("OUR OWN CHOICES, NOT COUNTED", names),
    ...toRows(choices),
    "",
    "n/a: the library leaves this to the author. Each is used as its own documentation shows.",
  ].join("\n");
}

function toMark(passed: boolean | undefined): string {
  if (passed === undefined) return "n/a";
  return passed ? "yes" : "no";
}

function count(passed: readonly (boolean | undefined)[]): string {
  const counted = passed.filter((each) => each !== undefined);
  return `${counted.filter(Boolean).length}/${counted.length}`;
}

async function quietly<T>(run: () => Promise<T>): Promise<T> {
  const { debug, info, log, warn, error } = console;
  const nothing = () => {};
  Object.assign(console, { debug: nothing, info: nothing, log: nothing, warn: nothing, error: nothing });
  try {
    return await run();
  } finally {
    Object.assign(console, { debug, info, log, warn, error });
  }
}
