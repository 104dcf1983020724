import type { IncomingHttpHeaders } from "node:http";

export type SiteRequest = {
  readonly method: string;
  /** Without a query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
};

/** Whether somebody goes there with a browser, in contrast to what a script or curl asks for. */
export function isNavigation({ method, headers }: SiteRequest): boolean {
  const { accept = "", "sec-fetch-mode": mode = "navigate" } = headers;
  return ["GET", "HEAD"].includes(method) && mode === "navigate" && /(?:^|,)\s*text\/html\b/i.test(accept);
}
