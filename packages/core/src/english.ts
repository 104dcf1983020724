import type { $ZodErrorMap, $ZodRawIssue } from "zod/v4/core";

const NOT_ALLOWED = "This value is not allowed here.";

/**
 * What to do about a refused value, in a sentence that never repeats the value.
 *
 * zod/mini has no words of its own ("Invalid input"), and zod's English locale describes rather than advises
 * ("Invalid input: expected int, received number") in more than twice the bytes.
 */
export const explain: $ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "This field is required." : `Give ${nameOf(issue.expected)}.`;
    case "too_big":
      return limit(issue.inclusive === false ? "less than" : "at most", issue.maximum, issue.origin);
    case "too_small":
      return limit(issue.inclusive === false ? "more than" : "at least", issue.minimum, issue.origin);
    case "invalid_value":
      return oneOf(issue.values);
    case "invalid_union": {
      if (Array.isArray(issue.options)) return oneOf(issue.options);
      // What each of its branches says first, and of which field.
      const branches = issue.errors.map(([first]) => [...(first?.path ?? []), first?.message].join(": "));
      return [...new Set(branches)].join(" Or: ") || NOT_ALLOWED;
    }
    case "invalid_format":
      return `Give ${describeFormat(issue)}.`;
    case "not_multiple_of":
      return `Give a multiple of ${issue.divisor}.`;
    case "unrecognized_keys":
      return `Leave out what is not known here: ${issue.keys.join(", ")}.`;
    default:
      return NOT_ALLOWED;
  }
};

function nameOf(type: string): string {
  if (type === "int") return "a whole number";
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function limit(bound: string, size: number | bigint, origin: string): string {
  if (origin === "string") return `Use ${bound} ${size} characters.`;
  if (["array", "set", "map"].includes(origin)) return `Give ${bound} ${size} items.`;
  return `Give a number of ${bound} ${size}.`;
}

function describeFormat(issue: $ZodRawIssue & { code: "invalid_format" }): string {
  const part = issue.prefix ?? issue.suffix ?? issue.includes;
  if (part !== undefined) return `text that ${issue.format.replace("_", " ")} ${JSON.stringify(part)}`;
  return issue.format === "regex" ? `text that matches ${issue.pattern}` : `a valid ${issue.format}`;
}

function oneOf(values: readonly unknown[]): string {
  const literals = values.map((value) => (typeof value === "string" ? JSON.stringify(value) : String(value)));
  return `Give ${literals.join(" or ")}.`;
}
