import { printable } from "@lucky/command/terminal";
import { type Report, titleOf, toLine, verdictOf } from "./report.ts";

/** A report for a page such as the one of a pull request. */
export function toMarkdown(report: Report): string {
  const { breaks, news, same } = report;
  return [
    "## What changes for callers",
    `${asText(titleOf(report))}. ${asText(verdictOf(report))}`,
    ...group("Breaks callers", breaks.map(toLine)),
    ...group("New", news.map(toLine)),
    ...group("The same", same),
  ].join("\n\n");
}

function group(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${title}`, lines.map((line) => `- ${asText(line)}`).join("\n")];
}

/** Text as it stands there: nothing in it is a tag, a link, or somebody's name. */
function asText(text: string): string {
  return printable(text).replaceAll(/[\\`*_{}[\]<>|#~&@]/g, (character) => `&#${character.charCodeAt(0)};`);
}
