/** A word of a shell's command, in quotes where it needs them: a shell may expand `~`, and `=` at its beginning. */
export function quoteWord(word: string): string {
  return /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
