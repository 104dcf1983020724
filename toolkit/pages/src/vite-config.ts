import { globSync } from "node:fs";
import { join } from "node:path";
import type { InlineConfig, Plugin } from "vite";
import { contentSecurityPolicy } from "./content-security-policy.ts";

/** How a page says that its style sheets have images in them, as data: URLs. */
const DATA_IMAGES = /<html[^>]*\sdata-images\b/;

/**
 * How Vite builds a site, every HTML file in the folder `pages` a page of it, for the API at `apiUrl`: an address, or a
 * path on the site's own host such as `/prod`, empty if that is the root. Every file but the pages has a hash in its name.
 */
export function viteConfig(apiUrl: string, pages: string, outDir = join(pages, "../dist")): InlineConfig {
  return {
    configFile: false,
    envDir: false, // the address comes from the caller alone
    root: pages,
    publicDir: false,
    logLevel: "warn",
    define: { __API_URL__: JSON.stringify(apiUrl) },
    plugins: [withPolicy(apiUrl)],
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0, // the policy lets in files, not data: URLs
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000, // in kB: the reference's library is one file of 1,500
      rolldownOptions: {
        checks: { bundlerTimings: false }, // a slow machine is not worth a warning
        input: globSync("**/*.html", { cwd: pages })
          .sort()
          .map((page) => join(pages, page)),
      },
    },
  };
}

/** In the HTML itself, so that it holds wherever the site is served from. */
function withPolicy(apiUrl: string): Plugin {
  return {
    name: "content-security-policy",
    transformIndexHtml(html) {
      const content = contentSecurityPolicy({ apiUrl, hasDataImages: DATA_IMAGES.test(html) });
      const attrs = { "http-equiv": "content-security-policy", content };
      return [{ tag: "meta", attrs, injectTo: "head-prepend" }];
    },
  };
}
