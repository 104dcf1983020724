import { styleText } from "node:util";

/** What would move the cursor, change colours, turn the direction of the text around, or stand there unseen. */
const ACTS_ON_A_TERMINAL =
  /[[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029]--[\u200c\u200d\ufe0e\ufe0f]]/gv;
/**
 * Colours that hide nothing: bold, dim, italic, underlined, struck through, red to cyan, grey, and back. Not those that may be
 * the background's own (black, white), backgrounds, reverse, blinking and concealed text.
 */
const COLOUR = "(?:[0-49]|2[2-9]|3[1-69]|9[0-6])";
const COLOURS = new RegExp(`\u001b\\[(?:${COLOUR}(?:;${COLOUR})*)?m`, "g");
const RESET = "\u001b[0m";

/**
 * Somebody else's text in one line, safe to show on a terminal: control characters stand there as escapes, such as
 * `\u001b`, and cannot act. They are JSON's escapes, so a line of JSON keeps its value.
 */
export function printable(text: string): string {
  return text.replaceAll(ACTS_ON_A_TERMINAL, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/** Likewise for text of several lines, which keeps its line breaks and tabs. */
export function printableLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.split("\t").map(printable).join("\t"))
    .join("\n");
}

/**
 * Likewise for what a logger wrote: its colours stay where that terminal shows colours, and go where not (`NO_COLOR`). None lasts
 * longer than its line; what could hide what follows is an escape, as everything else is.
 *
 *     console.error(printableLog(line, process.stderr));
 */
export function printableLog(text: string, stream: NodeJS.WriteStream): string {
  const hasColours = styleText("red", "x", { stream }) !== "x";
  return text
    .split("\n")
    .map((line) => {
      const colours = hasColours ? (line.match(COLOURS) ?? []) : [];
      const parts = line.split(COLOURS).map((part, index) => printableLines(part) + (colours[index] ?? ""));
      return [...parts, ...(colours.length > 0 ? [RESET] : [])].join("");
    })
    .join("\n");
}
