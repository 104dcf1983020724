import { fileURLToPath } from "node:url";
import { runTool } from "./tool.ts";

const RULESET = fileURLToPath(new URL("spectral.yaml", import.meta.url));

/** A rule that a document breaks, and where. */
export type Fault = string;

/** By redocly's recommended rules, warnings too. */
export async function lintWithRedocly(file: string): Promise<readonly Fault[]> {
  // An operation that only redirects has no 2xx, and here the API is on this machine.
  const skipped = ["operation-2xx-response", "no-server-example.com"].flatMap((rule) => [
    "--skip-rule",
    rule,
  ]);
  const { stdout, stderr } = await runTool("redocly", [
    "lint",
    file,
    "--extends",
    "recommended",
    "--format",
    "json",
    ...skipped,
  ]);
  const { problems } = parse(stdout, stderr) as {
    problems: { ruleId: string; message: string; location: { pointer?: string }[] }[];
  }; // redocly's
  return problems.map(
    ({ ruleId, message, location: [at] }) => `${ruleId}: ${message} At ${at?.pointer ?? "the root"}`,
  );
}

/** By spectral's rules of OpenAPI, hints too. */
export async function lintWithSpectral(file: string): Promise<readonly Fault[]> {
  const words = ["lint", file, "--ruleset", RULESET, "--format", "json", "--quiet"];
  const { stdout, stderr } = await runTool("spectral", words);
  const faults = parse(stdout, stderr) as { code: string; message: string; path: string[] }[]; // spectral's
  return faults.map(({ code, message, path }) => `${code}: ${message} At ${path.join("/")}`);
}

function parse(stdout: string, stderr: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new Error(`The linter gave no report. It printed: ${stdout}${stderr}`, { cause });
  }
}
