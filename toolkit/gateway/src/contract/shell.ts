/** A word of a shell's command, in quotes where it needs them. */
export function quoteWord(word: string): string {
  return /^[\w./:@%+,=~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
