import { build } from "vite";
import { readApiUrl } from "./api-url.ts";
import { viteConfig } from "./vite-config.ts";

// Builds the site into dist/, for deployment: VITE_API_URL says where the API is.

try {
  await build(viteConfig(readApiUrl(process.env)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
