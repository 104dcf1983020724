import { fileURLToPath } from "node:url";
import type { InlineConfig, Plugin } from "vite";
import { contentSecurityPolicy } from "./content-security-policy.ts";

const PAGES = fileURLToPath(new URL("../pages", import.meta.url));
/** The only page that has images in its style sheet. */
const REFERENCE = "reference/index.html";

/**
 * How Vite builds the site for the API at `apiUrl`: an address, or a path on the site's own host such as `/prod`, empty
 * if that is the root. Every file but the pages has a hash in its name. `pages`: the folder of their sources.
 */
export function viteConfig(apiUrl: string, pages = PAGES): InlineConfig {
  return {
    configFile: false,
    envDir: false, // the address comes from the caller alone
    root: pages,
    publicDir: false,
    logLevel: "warn",
    define: { __API_URL__: JSON.stringify(apiUrl) },
    plugins: [withPolicy(apiUrl)],
    build: {
      outDir: fileURLToPath(new URL("../dist", import.meta.url)),
      emptyOutDir: true,
      assetsInlineLimit: 0, // the policy lets in files, not data: URLs
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000, // in kB: the reference's library is one file of 1,500
      rolldownOptions: {
        checks: { bundlerTimings: false }, // a slow machine is not worth a warning
        input: ["index.html", "404.html", REFERENCE].map((page) => `${pages}/${page}`),
      },
    },
  };
}

/** In the HTML itself, so that it holds wherever the site is served from. */
function withPolicy(apiUrl: string): Plugin {
  return {
    name: "content-security-policy",
    transformIndexHtml(_, { path }) {
      const content = contentSecurityPolicy({ apiUrl, hasDataImages: path === `/${REFERENCE}` });
      const attrs = { "http-equiv": "content-security-policy", content };
      return [{ tag: "meta", attrs, injectTo: "head-prepend" }];
    },
  };
}
