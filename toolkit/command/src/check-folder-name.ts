import { runCommand } from "./command.ts";
import { BREAKS_TESTS, checkFolderName } from "./folder-name.ts";

// Runs before Vitest, which would only say that it finds no module.

await runCommand("", async () => checkFolderName(BREAKS_TESTS));
