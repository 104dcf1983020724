import { parseArgs, styleText } from "node:util";
import { findFunction, functionsForHelp, loadApplication } from "@lucky/application/application";
import { runCommand } from "@lucky/command/command";
import { printable } from "@lucky/command/terminal";
import { UsageError } from "@lucky/command/usage-error";
import { functionOf } from "./event-function.ts";
import { readJsonFile } from "./event-options.ts";
import { explainEvent, type Finding } from "./explanation.ts";

const help =
  async () => `Shows how an event is read and held to the contract, step by step, without running the function or the checks before it.

Usage: pnpm explain <event file> [--function <name>]

${await functionsForHelp()}

Options:
  --function <name>  the function that would get it; by default the one whose route the event has
  --version          of this project
  -h, --help         this text

- for the file reads standard input.
Exit code: 0 if the contract is kept (or need not be, as for OPTIONS), 1 if the event is refused, 2 when called wrongly.
`;

await runCommand(help, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { function: { type: "string" } },
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError("Name one file that holds an event.");
  const event: unknown = JSON.parse(await readJsonFile(file));
  const { functions } = await loadApplication();
  const chosen =
    values.function === undefined ? functionOf(event, functions) : findFunction(functions, values.function);
  const { findings } = await explainEvent(event, chosen);
  for (const finding of findings) console.log(toLines(finding));
  process.exitCode = findings.some(({ ok }) => ok === false) ? 1 : 0;
});

function toLines({ name, finding, ok, errors = [] }: Finding): string {
  const line = `${name.padEnd(9)} ${printable(finding)}`;
  if (ok === undefined) return `  ${line}`;
  const lines = [`${ok ? "✓" : "✗"} ${line}`, ...errors.map((error) => `    ${printable(error)}`)];
  return styleText(ok ? "green" : "red", lines.join("\n"));
}
