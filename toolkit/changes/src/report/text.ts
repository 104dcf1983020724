import { styleText } from "node:util";
import { printable } from "@lucky/command/terminal";
import { type Report, titleOf, toLine, verdictOf } from "./report.ts";

/** A report for a terminal. */
export function toText(report: Report): string {
  const { breaks, news, same } = report;
  return [
    printable(titleOf(report)),
    ...group("Breaks callers", breaks.map(toLine), "red"),
    ...group("New", news.map(toLine), "green"),
    ...group("The same", same, "dim"),
    `\n${printable(verdictOf(report))}`,
  ].join("\n");
}

function group(title: string, lines: readonly string[], style: "red" | "green" | "dim"): readonly string[] {
  if (lines.length === 0) return [];
  return [`\n${title}:`, ...lines.map((line) => styleText(style, `  ${printable(line)}`))];
}
