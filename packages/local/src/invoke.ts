import { parseArgs } from "node:util";
import { endOnSignal, runCommand } from "./command.ts";
import {
  checkJson,
  REQUEST_HELP,
  type RequestOptions,
  readJsonFile,
  requestOptions,
  toEvent,
} from "./event-options.ts";
import { startLambdaService } from "./lambda-service.ts";
import { toJsonLine } from "./report.ts";
import { UsageError } from "./usage-error.ts";
import { findFunction, type LambdaFunction, listFunctions } from "./workspace.ts";

const HELP = `Runs an event in a function on this machine and prints Lambda's result.

Usage: pnpm invoke <function> [--data <json> | --event <file> | request options]

${listFunctions()}

Options:
  --data <json>     the event itself
  --event <file>    a file that holds the event; - for standard input
  --repeat <n>      run it so many times in one environment, first cold, then warm (default 1)
  -h, --help        this text

Request options: the event is what a gateway makes of the request
${REQUEST_HELP}

Without any of them the event is the function's own event.json. The result goes to stdout as JSON, what the
function logs to stderr, with Lambda's report of the time and memory that it took; \`pnpm -s invoke …\` keeps
pnpm's own line out.
Exit code: 0 for a result, 1 for a function error, 2 when called wrongly.
`;

await runCommand(HELP, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      event: { type: "string" },
      repeat: { type: "string", default: "1" },
      ...requestOptions,
    },
  });
  const [name, ...rest] = positionals;
  if (name === undefined) throw new UsageError(`Name a function. ${listFunctions()}`);
  if (rest.length > 0) {
    throw new UsageError(`Name one function; what are "${rest.join('", "')}"? Quote JSON in '…'.`);
  }
  const { data, event, repeat, ...request } = values;
  if (!/^[1-9]\d{0,5}$/.test(repeat))
    throw new UsageError(`--repeat takes a number from 1, not "${repeat}".`);

  const chosen = findFunction(name);
  const json = await eventOf(chosen, request, data, event);
  const lambda = await startLambdaService([chosen]);
  endOnSignal(lambda, 1);
  for (let count = 0; count < Number(repeat); count++) {
    const outcome = await lambda.invoke(name, json);
    if (outcome === undefined) throw new Error("throttled"); // one event at a time is never too many
    for (const line of [...outcome.logs, toJsonLine(outcome.report)]) console.error(line);
    console.log(JSON.stringify(JSON.parse(outcome.payload), null, 2));
    process.exitCode = outcome.isFunctionError ? 1 : 0;
  }
  lambda.stop();
});

/** The event as JSON. */
async function eventOf(
  chosen: LambdaFunction,
  request: RequestOptions,
  data: string | undefined,
  file: string | undefined,
): Promise<string> {
  const hasRequest = Object.keys(request).length > 0;
  if ([data !== undefined, file !== undefined, hasRequest].filter(Boolean).length > 1) {
    throw new UsageError("Give only one of --data, --event and a request.");
  }
  if (data !== undefined) return checkJson(data, "--data");
  return hasRequest ? JSON.stringify(toEvent(chosen, request)) : readJsonFile(file ?? chosen.eventFile);
}
