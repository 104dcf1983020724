/** What would move the cursor, change colours, or turn the direction of the text around. */
const ACTS_ON_A_TERMINAL = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/**
 * Somebody else's text in one line, safe to show on a terminal: control characters stand there as escapes, such as
 * `\u001b`, and cannot act. They are JSON's escapes, so a line of JSON keeps its value.
 */
export function printable(text: string): string {
  return text.replaceAll(
    ACTS_ON_A_TERMINAL,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Likewise for text of several lines, which keeps its line breaks and tabs. */
export function printableLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.split("\t").map(printable).join("\t"))
    .join("\n");
}
