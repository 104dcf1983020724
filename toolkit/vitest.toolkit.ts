import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Not named vitest.config.ts: Vitest resolves `--config ../vitest.config.ts` as a module first, beside the folder that it
// runs in, and would so find the one of the workspace, which lets tests log.
export default defineConfig({
  test: {
    setupFiles: [fileURLToPath(new URL("vitest.setup.ts", import.meta.url))],
    isolate: false,
    // Machines are slow at times; no test is about time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
