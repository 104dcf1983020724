import { existsSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { buildApart } from "./build-apart.ts";
import type { BuiltSite } from "./build-in-memory.ts";
import { cacheControl } from "./cache-control.ts";
import { securityHeaders } from "./security-headers.ts";
import { haveChanged } from "./source-times.ts";

export type SiteResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Why there is no page, where it could not be built: for the author. */
  readonly failure?: string;
};

export type Site = {
  /** The response to a GET or HEAD of one of the site's files; undefined for anything else. */
  respond(method: string, path: string): Promise<SiteResponse | undefined>;
};

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

/**
 * The site on this machine, with the API at `apiUrl` (see viteConfig): the very files that are deployed. It is built
 * in memory when it is first asked for, and again when a page is asked for and a source has changed.
 */
export function createSite(apiUrl: string, pages: string): Site {
  let latest: Promise<BuiltSite> | undefined;

  const build = () => buildApart(apiUrl, pages);

  /** Each request waits for the one before, so nothing is built twice. */
  function upToDate(): Promise<BuiltSite> {
    latest =
      latest === undefined
        ? build()
        : latest.then((site) => (haveChanged(site.sources) ? build() : site), build);
    return latest;
  }

  return {
    async respond(method, path) {
      const name = toFile(path, pages);
      if (!["GET", "HEAD"].includes(method) || name === undefined) return undefined;
      try {
        const { files } = await (name.endsWith(".html") ? upToDate() : (latest ?? upToDate()));
        const body = files.get(name);
        return body && toResponse(name, body);
      } catch (error) {
        return toErrorPage(error);
      }
    },
  };
}

/** The file of a path: a folder's index.html, with or without the slash, or an asset; undefined for any other path. */
function toFile(path: string, pages: string): string | undefined {
  if (path.startsWith("/assets/")) return path.slice(1);
  const name = join(path.slice(1), "index.html");
  return /^\/(?:[\w-]+\/)*(?:[\w-]+)?$/.test(path) && existsSync(join(pages, name)) ? name : undefined;
}

function toResponse(name: string, body: Buffer): SiteResponse {
  const extension = name.split(".").at(-1) ?? "";
  return {
    status: 200,
    headers: {
      ...securityHeaders,
      "content-type": TYPES[extension] ?? "application/octet-stream",
      "cache-control": cacheControl[extension === "html" ? "**/*.html" : "**"],
    },
    body,
  };
}

function toErrorPage(error: unknown): SiteResponse {
  const failure = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
  const text = failure.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const html = `<!doctype html><html lang="en"><title>The page cannot be built</title>
<h1>The page cannot be built</h1><p>Mend this, then reload. The API goes on as it was.</p><pre>${text}</pre></html>`;
  return { ...toResponse("error.html", Buffer.from(html)), status: 500, failure };
}
