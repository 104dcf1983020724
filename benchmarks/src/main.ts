import { fileURLToPath } from "node:url";
import { benchmark } from "./benchmark.ts";
import { toJson } from "./json.ts";
import type { Options } from "./options.ts";
import { showProgress } from "./progress.ts";
import { writeReport } from "./report.ts";
import { toScreen } from "./terminal.ts";
import { complaintsOf, verdictsOf } from "./verdict.ts";

const FOLDER = fileURLToPath(new URL("../", import.meta.url));

/** Measures, and prints or writes what came out. Throws an error that names each broken budget where asked to check. */
export async function runBenchmark(options: Options): Promise<void> {
  const result = await benchmark(options, showProgress(process.stderr));
  process.stdout.write(options.json ? toJson(result) : toScreen(result, process.stdout));
  if (options.write) await writeReport(result, FOLDER);
  if (options.check) check(complaintsOf(verdictsOf(result)));
}

function check(complaints: readonly string[]): void {
  if (complaints.length > 0) throw new Error(["Budgets are broken:", ...complaints].join("\n  "));
}
