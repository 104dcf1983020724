export const DEEPEST_NESTING = 1000;

/** A string whole, so that its brackets do not count, or a bracket. */
const TOKENS = /"(?:[^"\\]+|\\.)*"?|[[\]{}]/gs;

/** Whether reading it could exhaust the stack of a schema, or of whatever walks the value later. */
export function isNestedTooDeeply(json: string): boolean {
  if (json.length <= DEEPEST_NESTING) return false;
  // However long it is: most JSON has few brackets, and a look at each token costs more than to count them.
  if (json.split(/[[{]/, DEEPEST_NESTING + 2).length < DEEPEST_NESTING + 2) return false;
  let depth = 0;
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === "[" || token === "{") depth++;
    else if (token === "]" || token === "}") depth--;
    if (depth > DEEPEST_NESTING) return true;
  }
  return false;
}
