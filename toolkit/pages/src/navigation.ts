import type { SiteRequest } from "./site.ts";

/** Whether somebody goes there with a browser, in contrast to what a script or curl asks for. */
export function isNavigation({ method, headers }: SiteRequest): boolean {
  const { accept = "", "sec-fetch-mode": mode = "navigate" } = headers;
  return ["GET", "HEAD"].includes(method) && mode === "navigate" && /(?:^|,)\s*text\/html\b/i.test(accept);
}
