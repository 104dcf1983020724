import { existsSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { buildApart } from "./build-apart.ts";
import type { BuiltSite } from "./build-in-memory.ts";
import { cacheControl } from "./cache-control.ts";
import { chooseEncoding, compress, isCompressible } from "./content-encoding.ts";
import { entityTag, hasTag } from "./entity-tag.ts";
import { isNavigation, type SiteRequest } from "./navigation.ts";
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
  respond(request: SiteRequest): Promise<SiteResponse | undefined>;
  /** 404.html, where somebody goes with a browser to what is not there; undefined for any other request, or without such a page. */
  respondNotFound(request: SiteRequest): Promise<SiteResponse | undefined>;
};

const NOT_FOUND = "404.html";

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

  /** Undefined if there is no such file. */
  async function send(name: string, status: number, headers: IncomingHttpHeaders) {
    try {
      const { files } = await (name.endsWith(".html") ? upToDate() : (latest ?? upToDate()));
      const body = files.get(name);
      return body && (await toResponse(name, status, body, headers));
    } catch (error) {
      return toErrorPage(error);
    }
  }

  return {
    async respond({ method, path, headers }) {
      const name = toFile(path, pages);
      if (!["GET", "HEAD"].includes(method) || name === undefined) return undefined;
      return send(name, 200, headers);
    },
    async respondNotFound(request) {
      return isNavigation(request) ? send(NOT_FOUND, 404, request.headers) : undefined;
    },
  };
}

/** The file of a path: a folder's index.html, with or without the slash, or an asset; undefined for any other path. */
function toFile(path: string, pages: string): string | undefined {
  if (path.startsWith("/assets/")) return path.slice(1);
  const name = join(path.slice(1), "index.html");
  return /^\/(?:[\w-]+\/)*(?:[\w-]+)?$/.test(path) && existsSync(join(pages, name)) ? name : undefined;
}

/** As CloudFront would send it: compressed for whoever takes that, and not again to whoever has it. */
async function toResponse(
  name: string,
  status: number,
  body: Buffer,
  { "accept-encoding": accepted, "if-none-match": known }: IncomingHttpHeaders,
): Promise<SiteResponse> {
  const type = TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
  const mayCompress = isCompressible(type, body);
  const encoding = mayCompress ? chooseEncoding(String(accepted ?? "")) : undefined;
  const etag = entityTag(body, encoding);
  const headers = {
    ...securityHeaders,
    "cache-control": cacheControl[name.endsWith(".html") ? "**/*.html" : "**"],
    etag,
    ...(mayCompress && { vary: "accept-encoding" }),
  };
  if (status === 200 && hasTag(known, etag)) return { status: 304, headers, body: Buffer.alloc(0) };
  return {
    status,
    headers: { ...headers, "content-type": type, ...(encoding && { "content-encoding": encoding }) },
    body: encoding ? await compress(body, encoding) : body,
  };
}

function toErrorPage(error: unknown): SiteResponse {
  const failure = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
  const text = failure.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const html = `<!doctype html><html lang="en"><title>The page cannot be built</title>
<h1>The page cannot be built</h1><p>Mend this, then reload. The API goes on as it was.</p><pre>${text}</pre></html>`;
  const headers = {
    ...securityHeaders,
    "content-type": "text/html; charset=utf-8",
    "cache-control": cacheControl["**/*.html"],
  };
  return { status: 500, headers, body: Buffer.from(html), failure };
}
