import { parseArgs } from "node:util";
import {
  describeFunctions,
  findFunction,
  functionsForHelp,
  loadApplication,
} from "@lucky/application/application";
import { runCommand } from "@lucky/command/command";
import { printableLines } from "@lucky/command/terminal";
import { UsageError } from "@lucky/command/usage-error";
import { withExamples } from "./event-example.ts";
import { REQUEST_HELP, requestOptions, toEvent } from "./event-options.ts";

const help = async () => `Prints the event that a gateway makes of a request, complete and ready to save.

Usage: pnpm -s event <function> [options] > event.json

${await functionsForHelp()}

Options:
${REQUEST_HELP}
  --version         of this project
  -h, --help        this text

What is not given is as the contract's examples have it. \`pnpm invoke <function> --event event.json\` runs it.
Exit code: 0, 1 if the contracts cannot be kept, 2 when called wrongly.
`;

await runCommand(help, async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: requestOptions });
  const [name, ...rest] = positionals;
  const { functions } = await loadApplication();
  if (name === undefined) throw new UsageError(`Name a function. ${describeFunctions(functions)}`);
  if (rest.length > 0) throw new UsageError(`Name one function: unexpected argument "${rest.join('", "')}".`);
  const chosen = findFunction(functions, name);
  const request = await withExamples(chosen.contract, values);
  console.log(printableLines(JSON.stringify(toEvent(chosen, request, functions), null, 2)));
});
