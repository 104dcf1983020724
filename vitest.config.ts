import { stripVTControlCharacters } from "node:util";
import { defineConfig } from "vitest/config";
import { importedFiles } from "./toolkit/application/src/imported-files.ts";

/** The line that a handler writes for a request, as the console shows it, once or more; and no other line with it. */
const REQUESTS = /^(?:\{\s+(?:\w+: [^{}']*\s+)*message: 'request',(?:[^{}']|'[^']*')*\}\s*)+$/;

export default defineConfig({
  plugins: [importedFiles()],
  test: {
    isolate: false,
    restoreMocks: true,
    // What your functions log is shown; the gateway's line for each request would drown it. Errors go to stderr, and stay.
    onConsoleLog: (log, type) =>
      type === "stdout" && REQUESTS.test(stripVTControlCharacters(log)) ? false : undefined,
    // Machines are slow at times; no test is about time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
