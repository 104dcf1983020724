const LONGEST = 128;

/** The start of a text, so that no message is longer than it helps: what a caller sent may be in it. */
export function excerpt(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
