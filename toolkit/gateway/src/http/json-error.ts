const WHITESPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** What can follow each other in a string: taken at once, millions of them would exhaust the stack. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const CHARACTERS = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;
const QUOTE = /"/y;

/**
 * Says where a text stops being JSON, without repeating any of it. V8's own message names the place of only
 * some mistakes, and quotes the text around it.
 */
export function describeJsonError(text: string): string {
  const at = findJsonError(text);
  const line = text.slice(0, at).split("\n").length;
  const place = `position ${at} (line ${line}, column ${at - text.lastIndexOf("\n", at - 1)})`;
  return at === text.length ? `it ends too soon, at ${place}` : `the mistake is at ${place}`;
}

/** The index of the first character that cannot stand there in JSON (RFC 8259); the text's length if none. */
export function findJsonError(text: string): number {
  /** The closing brackets still to come. */
  const closers: string[] = [];
  let expected: "value" | "item" | "key" | "entry" | "end" = "value";
  let at = 0;

  for (;;) {
    skip(WHITESPACE);
    const character = text[at];
    if (character === undefined) return at;
    if (expected !== "value" && expected !== "key" && character === closers.at(-1)) {
      closers.pop();
      at++;
      expected = "end";
    } else if (expected === "end") {
      if (character !== "," || closers.length === 0) return at;
      at++;
      expected = closers.at(-1) === "}" ? "key" : "value";
    } else if (expected === "key" || expected === "entry") {
      if (!skipString()) return at;
      skip(WHITESPACE);
      if (text[at] !== ":") return at;
      at++;
      expected = "value";
    } else if (character === "{" || character === "[") {
      closers.push(character === "{" ? "}" : "]");
      at++;
      expected = character === "{" ? "entry" : "item";
    } else {
      if (character === '"' ? !skipString() : !skip(SCALAR)) return at;
      expected = "end";
    }
  }

  /** Whether there was something to skip. */
  function skip(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? "";
    at += found.length;
    return found !== "";
  }

  function skipString(): boolean {
    if (!skip(QUOTE)) return false;
    while (skip(CHARACTERS));
    return skip(QUOTE);
  }
}
