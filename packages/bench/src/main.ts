import { runCommand } from "@lucky/local/command";
import { benchmark } from "./benchmark.ts";
import { toJson } from "./json.ts";
import { HELP, parseOptions } from "./options.ts";
import { showProgress } from "./progress.ts";
import { toScreen } from "./terminal.ts";

await runCommand(HELP, async () => {
  const options = parseOptions(process.argv.slice(2));
  const result = await benchmark(options, showProgress(process.stderr));
  process.stdout.write(options.json ? toJson(result) : toScreen(result, process.stdout));
});
