/** As serde_json has it: a schema takes a step for each mistake at each level, so that a body of both takes seconds. */
export const DEEPEST_NESTING = 128;

/** Whether a value is nested too deeply for a schema, or whatever walks it later. It came of this JSON. */
export function isNestedTooDeeply(value: unknown, json: string): boolean {
  // Most JSON has few brackets, and a look at each value costs more than to count them.
  const most = DEEPEST_NESTING + 2;
  return json.length > most && json.split(/[[{]/, most).length === most && isDeeper(value, DEEPEST_NESTING);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
