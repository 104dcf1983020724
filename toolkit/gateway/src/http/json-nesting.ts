export const DEEPEST_NESTING = 1000;

/** A string whole, so that its brackets do not count, or a bracket. */
const TOKENS = /"(?:[^"\\]+|\\.)*"?|[[\]{}]/gs;

/** Whether reading it could exhaust the stack of a schema, or of whatever walks the value later. */
export function isNestedTooDeeply(json: string): boolean {
  const openers = countUpTo(DEEPEST_NESTING, json, "[") + countUpTo(DEEPEST_NESTING, json, "{");
  if (openers <= DEEPEST_NESTING) return false; // however long it is: a search costs little beside a look at each token
  let depth = 0;
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === "[" || token === "{") depth++;
    else if (token === "]" || token === "}") depth--;
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
