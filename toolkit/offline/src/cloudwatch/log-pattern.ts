/**
 * Whether a line of a log matches a filter pattern, as much of the syntax as ours use: `{ ($.level = "ERROR") || … }`, with
 * either `||` or `&&`, of texts. A line that is no JSON matches nothing.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function matchesPattern(pattern: string, line: string): boolean {
  const [, terms = ""] = /^\{ (.*) \}$/.exec(pattern) ?? [];
  const [operator, ...others] = new Set(terms.match(/\|\||&&/g));
  if (others.length > 0) throw new Error(`${pattern} mixes || and &&`);
  const matches = terms.split(/ (?:\|\||&&) /).map((term) => matchesTerm(term, parse(line)));
  return operator === "&&" ? matches.every(Boolean) : matches.some(Boolean);
}

function matchesTerm(term: string, fields: Readonly<Record<string, unknown>>): boolean {
  const [, field = "", operator, value] = /^\(\$\.(\w+) (=|!=) "([^"]*)"\)$/.exec(term) ?? [];
  if (operator === undefined) throw new Error(`${term} is not understood`);
  const found = fields[field];
  return found !== undefined && (operator === "=") === (String(found) === value);
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}
