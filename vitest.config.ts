import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    isolate: false,
    restoreMocks: true,
    // Machines are slow at times; no test is about time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
