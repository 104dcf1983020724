/**
 * The base of a client's addresses, without a slash at its end. Throws a TypeError that says what to write where it is none:
 * what follows a `?` or a `#` would swallow the paths.
 */
export function toBase(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const { protocol = "", username = "", password = "" } = url ?? {};
  const isBase = url ? /^https?:$/.test(protocol) && !username && !password : /^(?:\/|$)/.test(baseUrl);
  if (isBase && !/[?#\s]/.test(baseUrl)) return baseUrl.replace(/\/$/, "");
  throw new TypeError(
    `${JSON.stringify(baseUrl)} is not a base URL: write https://api.example.com/prod, without a query, a fragment or a password; or "/prod" in a browser, for the page's own host`,
  );
}
