import { parseArgs, styleText } from "node:util";
import {
  describeFunctions,
  findFunction,
  functionsForHelp,
  loadApplication,
} from "@lucky/application/application";
import { runCommand } from "@lucky/command/command";
import { UsageError } from "@lucky/command/usage-error";
import { readJsonFile } from "./event-options.ts";
import { explain, functionOf, type Step } from "./explanation.ts";

const help =
  async () => `Tells what the gateway makes of an event, step by step, without running the function.

Usage: pnpm explain <event file> [--function <name>]

${await functionsForHelp()}

Options:
  --function <name>  whose contract it is held to; unless told, the one whose route the event has
  --version          of this project
  -h, --help         this text

- for the file reads standard input.
Exit code: 0 if the function would run, 1 if the event is refused, 2 when called wrongly.
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
  if (chosen === undefined && functions.length !== 1) {
    throw new UsageError(
      `No contract has the event's route. Choose: --function <name>. ${describeFunctions(functions)}`,
    );
  }
  const steps = await explain(event, chosen ?? findFunction(functions, functions[0]?.name ?? ""));
  for (const step of steps) console.log(toLine(step));
  process.exitCode = steps.some(({ ok }) => ok === false) ? 1 : 0;
});

function toLine({ name, finding, ok }: Step): string {
  if (ok === undefined) return `  ${name.padEnd(9)} ${finding}`;
  return styleText(ok ? "green" : "red", `${ok ? "✓" : "✗"} ${name.padEnd(9)} ${finding}`);
}
