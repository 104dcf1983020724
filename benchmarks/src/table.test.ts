import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { type Table, toMarkdown, toTerminal } from "./table.ts";

const table: Table = {
  title: "Speed",
  columns: ["", "ms", "× empty"],
  rows: [{ cells: ["empty | nothing", "1", "1"] }, { cells: ["ours", "1,000", ""], isOurs: true }],
  notes: ["Less is better."],
};

test("on a terminal, text is aligned to the left and figures to the right", () => {
  const noColours = Object.assign(new PassThrough(), { isTTY: false }) as unknown as NodeJS.WriteStream; // has no colours
  expect(toTerminal(table, noColours)).toBe(
    [
      "SPEED",
      "                    ms  × empty",
      "empty | nothing      1        1",
      "ours             1,000         ",
      "  Less is better.",
      "",
    ].join("\n"),
  );
});

test("in Markdown, our row stands out and no text ends a cell", () => {
  expect(toMarkdown(table)).toBe(
    [
      "|  | ms | × empty |",
      "| :-- | --: | --: |",
      "| empty \\| nothing | 1 | 1 |",
      "| **ours** | **1,000** |  |",
      "",
      "Less is better.",
      "",
    ].join("\n"),
  );
});
