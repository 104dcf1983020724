import { parseArgs } from "node:util";
import { runCommand } from "./command.ts";
import { REQUEST_HELP, requestOptions, toEvent } from "./event-options.ts";
import { UsageError } from "./usage-error.ts";
import { findFunction, listFunctions } from "./workspace.ts";

const HELP = `Prints the event that a gateway makes of a request, complete and ready to save.

Usage: pnpm -s event <function> [options] > event.json

${listFunctions()}

Options:
${REQUEST_HELP}
  --version         of this project
  -h, --help        this text

Without --body it is the contract's example. \`pnpm invoke <function> --event event.json\` runs it.
Exit code: 0, or 2 when called wrongly.
`;

await runCommand(HELP, async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: requestOptions });
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0) throw new UsageError(`Name one function. ${listFunctions()}`);
  const chosen = findFunction(name);
  const { body, example } = chosen.contract;
  const withExample = body === undefined ? values : { body: JSON.stringify(example), ...values };
  console.log(JSON.stringify(toEvent(chosen, withExample), null, 2));
});
