import { resolve } from "node:path";
import { build } from "vite";
import { readApiUrl } from "./api-url.ts";
import { viteConfig } from "./vite-config.ts";

// Builds the site of ./pages into ./dist, for deployment: VITE_API_URL says where the API is.

try {
  await build(viteConfig(readApiUrl(process.env), resolve("pages"), resolve("dist")));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
