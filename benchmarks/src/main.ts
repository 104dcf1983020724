import { fileURLToPath } from "node:url";
import { runCommand } from "@lucky/command/command";
import { benchmark } from "./benchmark.ts";
import { toJson } from "./json.ts";
import { HELP, parseOptions } from "./options.ts";
import { showProgress } from "./progress.ts";
import { writeReport } from "./report.ts";
import { toScreen } from "./terminal.ts";
import { complaintsOf, verdictsOf } from "./verdict.ts";

const PACKAGE = fileURLToPath(new URL("../", import.meta.url));

await runCommand(HELP, async () => {
  const options = parseOptions(process.argv.slice(2));
  const result = await benchmark(options, showProgress(process.stderr));
  process.stdout.write(options.json ? toJson(result) : toScreen(result, process.stdout));
  if (options.write) await writeReport(result, PACKAGE);
  if (options.check) check(complaintsOf(verdictsOf(result)));
});

/** Throws an error that has every complaint, if there is one. */
function check(complaints: readonly string[]): void {
  if (complaints.length > 0) throw new Error(["Budgets are broken:", ...complaints].join("\n  "));
}
