import type { BuildMessage } from "./build-apart.ts";
import { buildInMemory } from "./build-in-memory.ts";

// Builds the site in memory for the process that has started this one, and ends with it.

process.once("disconnect", () => process.exit());
const [, , apiUrl = "", pages = ""] = process.argv;
const message: BuildMessage = await buildInMemory(apiUrl, pages).then(
  (site) => ({ site }),
  (error: Error) => ({ failure: error.message }),
);
process.send?.(message, () => process.disconnect());
