import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { describeJsonError } from "@lucky/gateway/json-error";
import { endOnSignal, runCommand } from "./command.ts";
import { toHttpEvent } from "./http-event.ts";
import { startLambdaService } from "./lambda-service.ts";
import { toJsonLine } from "./report.ts";
import { UsageError } from "./usage-error.ts";
import { findFunction, type LambdaFunction, listFunctions } from "./workspace.ts";

const HELP = `Runs one event in a function on this machine and prints Lambda's result.

Usage: pnpm invoke <function> [--data <json> | --event <file> | --body <json>]

${listFunctions()}

Options:
  --data <json>   the event itself
  --event <file>  a file that holds the event
  --body <json>   the body of a request: the event is the one that an HTTP API makes of it
  -h, --help      this text

Without any of them the event is the function's own event.json. The result goes to stdout as JSON, what the
function logs to stderr, with Lambda's report of the time and memory that it took; \`pnpm -s invoke …\` keeps pnpm's own line out.
Exit code: 0 for a result, 1 for a function error, 2 when called wrongly.
`;

await runCommand(HELP, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: "string" }, event: { type: "string" }, body: { type: "string" } },
  });
  const [name, ...rest] = positionals;
  if (name === undefined) throw new UsageError(`Name a function. ${listFunctions()}`);
  if (rest.length > 0)
    throw new UsageError(`Name one function; what are "${rest.join('", "')}"? Quote JSON in '…'.`);
  if (Object.keys(values).length > 1) throw new UsageError("Give only one of --data, --event and --body.");

  const chosen = findFunction(name);
  const event = await eventOf(chosen, values);
  const lambda = await startLambdaService([chosen]);
  endOnSignal(lambda, 1);
  const outcome = await lambda.invoke(name, event);
  lambda.stop();
  if (outcome === undefined) throw new Error("throttled"); // one event is never too many
  for (const line of [...outcome.logs, toJsonLine(outcome.report)]) console.error(line);
  console.log(JSON.stringify(JSON.parse(outcome.payload), null, 2));
  process.exitCode = outcome.isFunctionError ? 1 : 0;
});

type Source = { readonly data?: string; readonly event?: string; readonly body?: string };

/** The event as JSON. */
async function eventOf(
  { contract, eventFile }: LambdaFunction,
  { data, event, body }: Source,
): Promise<string> {
  if (data !== undefined) return checkJson(data, "--data");
  if (body === undefined) return checkJson(await readEvent(event ?? eventFile), event ?? eventFile);
  const { method, path } = contract;
  const request = {
    method,
    target: path,
    headers: { host: "localhost", "content-type": "application/json" },
    body: Buffer.from(checkJson(body, "--body")),
    sourceIp: "127.0.0.1",
  };
  return JSON.stringify(toHttpEvent(request, `${method} ${path}`));
}

async function readEvent(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The event cannot be read: ${error.message}`);
  });
}

function checkJson(text: string, source: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new UsageError(`${source} is not JSON: ${describeJsonError(text)}.`);
  }
}
