import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    setupFiles: [fileURLToPath(new URL("vitest.setup.ts", import.meta.url))],
    isolate: false,
    // Machines are slow at times; no test is about time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
