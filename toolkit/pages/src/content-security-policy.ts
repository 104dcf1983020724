export type PolicyOptions = {
  /** Where the API is: an address, or a path on the page's own host. */
  readonly apiUrl: string;
  /** Whether style sheets have images in them, as data: URLs. */
  readonly hasDataImages: boolean;
};

/**
 * What a page may load and call: its own host's files and the API, and no inline script or style.
 * https://www.w3.org/TR/CSP3
 */
export function contentSecurityPolicy({ apiUrl, hasDataImages }: PolicyOptions): string {
  const apiOrigin = URL.canParse(apiUrl) ? [new URL(apiUrl).origin] : [];
  const directives: Record<string, readonly string[]> = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", ...(hasDataImages ? ["data:"] : [])],
    "connect-src": ["'self'", ...apiOrigin],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}
