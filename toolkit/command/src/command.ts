import { endWithAncestors } from "./ancestors.ts";
import { BREAKS_COMMANDS, checkFolderName } from "./folder-name.ts";
import { findProject } from "./project.ts";
import { askToEnd, onSignal } from "./signals.ts";
import { printable, printableLines } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** The text of `--help`; a function where it depends on the application, which is loaded only when needed. */
export type Help = string | (() => Promise<string>);

/**
 * Runs a command line: prints its help or the project's version when asked, and an error's message instead of its stack.
 * Sets the exit code to 2 for a wrong call (a UsageError, or one of `parseArgs`) and to 1 for any other failure, such as a
 * full disk behind stdout. Asks the process to end, as a signal would, when what started it or reads its stdout has ended.
 *
 *     await runCommand("Usage: pnpm greet <name>\n", async () => {
 *       const { positionals } = parseArgs({ allowPositionals: true });
 *       if (positionals.length !== 1) throw new UsageError("Give one name.");
 *       console.log(`Hello, ${positionals[0]}!`);
 *     });
 */
export async function runCommand(help: Help, run: () => Promise<void>): Promise<void> {
  onSignal(() => process.exit(1));
  endWithAncestors();
  endWithReader();
  try {
    checkFolderName(BREAKS_COMMANDS);
    const words = process.argv.slice(2);
    if (words.includes("--help") || words.includes("-h")) {
      process.stdout.write(printableLines(typeof help === "string" ? help : await help()));
    } else if (words.includes("--version")) {
      const { name, version } = findProject();
      process.stdout.write(`${printable(name)} ${printable(version)}\n`);
    } else {
      await run();
    }
  } catch (error) {
    const isUsage = error instanceof UsageError || isParseArgsError(error);
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${printableLines(message)}\n${isUsage ? "See --help.\n" : ""}`);
    process.exitCode = isUsage ? 2 : 1;
  }
}

/** A reader that has read enough (`| head`) asks the command to end; what cannot be written otherwise is a failure. */
function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return askToEnd();
    if (process.exitCode !== 1) process.stderr.write(`stdout cannot be written to: ${error.message}\n`);
    process.exitCode = 1;
  });
  process.stderr.on("error", () => {}); // there is nowhere left to say so
}

function isParseArgsError(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
