/** What has no look of its own, or turns around the text that follows: control characters and those of direction. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Text of somebody else for a reader to see, its unseen characters as JSON escapes them: JSON stays the same JSON. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => (/[\n\t]/.test(character) ? character : toEscape(character)));
}

/** Not more of a text than a reader wants, and how much is missing. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const begin = text.slice(0, most).replace(/[\ud800-\udbff]$/, ""); // no half of a character
  return `${begin}… (${(text.length - begin.length).toLocaleString("en")} more characters)`;
}

function toEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
