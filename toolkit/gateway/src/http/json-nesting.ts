export const DEEPEST_NESTING = 1000;

const QUOTE = 0x22;
const OPENERS = [0x5b, 0x7b];
const CLOSERS = [0x5d, 0x7d];

/** Whether reading it could exhaust the stack of a schema, or of whatever walks the value later. */
export function isNestedTooDeeply(json: string): boolean {
  const openers = countUpTo(DEEPEST_NESTING, json, "[") + countUpTo(DEEPEST_NESTING, json, "{");
  if (openers <= DEEPEST_NESTING) return false; // however long it is: a search costs little beside a look at each character
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const character = json.charCodeAt(at);
    if (character === QUOTE) at = endOfString(json, at);
    else if (OPENERS.includes(character)) depth++;
    else if (CLOSERS.includes(character)) depth--;
    if (depth > DEEPEST_NESTING) return true;
  }
  return false;
}

function countUpTo(most: number, text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1 && count <= most; at = text.indexOf(character, at + 1))
    count++;
  return count;
}

/** The index of the quote that ends the string which begins at that index; the text's length if none does. */
function endOfString(json: string, start: number): number {
  let end = start;
  do end = json.indexOf('"', end + 1);
  while (end !== -1 && isEscaped(json, end));
  return end === -1 ? json.length : end;
}

/** Whether an odd number of backslashes stands before it. */
function isEscaped(json: string, at: number): boolean {
  let first = at;
  while (json[first - 1] === "\\") first--;
  return (at - first) % 2 === 1;
}
