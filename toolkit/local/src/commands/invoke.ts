import { parseArgs } from "node:util";
import {
  describeFunctions,
  findFunction,
  functionsForHelp,
  type LambdaFunction,
  loadApplication,
} from "@lucky/application/application";
import { runCommand } from "@lucky/command/command";
import { toNumber } from "@lucky/command/number";
import { printable, printableLines, printableLog } from "@lucky/command/terminal";
import { UsageError } from "@lucky/command/usage-error";
import type { Rejection } from "../lambda/invoke-options.ts";
import { startLambdaService } from "../lambda/lambda-service.ts";
import { endOnSignal } from "./ending.ts";
import {
  checkJson,
  REQUEST_HELP,
  type RequestOptions,
  readJsonFile,
  requestOptions,
  toEvent,
} from "./event-options.ts";
import { indentJson } from "./indent-json.ts";
import { LAMBDA_HELP, lambdaOptions, toLambdaOptions } from "./lambda-options.ts";
import { describeExchange, toExchange } from "./request-line.ts";

const help = async () => `Runs an event in a function on this machine and prints Lambda's result.

Usage: pnpm invoke <function> [--data <json> | --event <file> | request options]

${await functionsForHelp()}

Options:
  --data <json>           the event itself
  --event <file>          a file that holds the event; - for standard input
  --repeat <n>            run it so many times in one environment, first cold, then warm (default 1)
${LAMBDA_HELP}
  --inspect <port>        wait for a debugger on 127.0.0.1, usually at port 9229, before anything runs
  --version               of this project
  -h, --help              this text

Request options: the event is what a gateway makes of the request
${REQUEST_HELP}

Without any of them the event is the function's own event.json. The result goes to stdout as JSON, the function's
log to stderr, with the lines that Lambda adds, such as its report of time and memory.
Exit code: 0 for a result, 1 for a function error (of any of several runs) or a broken application, 2 when called
wrongly.
`;

await runCommand(help, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      event: { type: "string" },
      repeat: { type: "string", default: "1" },
      ...lambdaOptions,
      ...requestOptions,
    },
  });
  const [name, ...rest] = positionals;
  const { root, functions } = await loadApplication();
  if (name === undefined) throw new UsageError(`Name a function. ${describeFunctions(functions)}`);
  if (rest.length > 0) {
    throw new UsageError(`Name one function: unexpected argument "${rest.join('", "')}". Quote JSON in '…'.`);
  }
  const { data, event, repeat, "log-format": logFormat, environment, aws, ric, inspect, ...request } = values;
  const times = toNumber(repeat, "--repeat", 1, 1_000_000);
  const options = toLambdaOptions(
    { "log-format": logFormat, environment, aws, ric, ...(inspect && { inspect }) },
    root,
    true,
    1,
  );

  const chosen = findFunction(functions, name);
  const json = await eventOf(chosen, functions, request, data, event);
  const lambda = await startLambdaService([chosen], {
    ...options,
    others: functions.filter((each) => each !== chosen),
    onInvocation: (invocation) => console.error(describeExchange(toExchange(invocation), process.stderr)),
    onNotice: (notice) => console.error(printable(notice)), // a function can write what looks like its inspector's
  });
  endOnSignal(lambda, 1);
  try {
    for (let count = 0; count < times; count++) {
      const outcome = await lambda.invoke(name, json);
      if (typeof outcome === "string") throw new Error(rejections[outcome]);
      for (const { text } of outcome.logs) console.error(printableLog(text, process.stderr));
      console.log(printableLines(indentJson(outcome.payload)));
      if (outcome.isFunctionError) process.exitCode = 1;
    }
  } finally {
    lambda.stop();
  }
});

/** As Lambda words them. */
const rejections: Readonly<Record<Rejection, string>> = {
  throttled: "TooManyRequestsException: Rate Exceeded.",
  "event-too-large":
    "RequestTooLargeException: Request must be smaller than 6291456 bytes for the InvokeFunction operation",
};

/** The event as JSON. */
async function eventOf(
  chosen: LambdaFunction,
  functions: readonly LambdaFunction[],
  request: RequestOptions,
  data: string | undefined,
  file: string | undefined,
): Promise<string> {
  const hasRequest = Object.keys(request).length > 0;
  if ([data !== undefined, file !== undefined, hasRequest].filter(Boolean).length > 1) {
    throw new UsageError("Give only one of --data, --event and a request.");
  }
  if (data !== undefined) return checkJson(data, "--data");
  return hasRequest
    ? JSON.stringify(toEvent(chosen, request, functions))
    : readJsonFile(file ?? chosen.eventFile);
}
