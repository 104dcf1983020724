/** IMF-fixdate, or the two forms that came before it (RFC 9110, 5.6.7). */
const HTTP_DATE = /^[A-Z][a-z]+(?:, \d.+ GMT| [A-Z][a-z]{2} .+ \d{4})$/;

/**
 * How long a server wishes to be left alone, in milliseconds: `retry-after` in seconds, or as a date, which the server's own
 * clock measures where the response says it. Undefined where it says nothing, or nonsense.
 *
 *     readRetryAfter(new Headers({ "retry-after": "7" })); // 7000
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const wish = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(wish)) return Number(wish) * 1000;
  const until = HTTP_DATE.test(wish) ? Date.parse(wish.endsWith("GMT") ? wish : `${wish} GMT`) : Number.NaN;
  if (Number.isNaN(until)) return undefined;
  return Math.max(0, until - (Date.parse(headers.get("date") ?? "") || Date.now()));
}
