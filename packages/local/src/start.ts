import { parseArgs } from "node:util";
import { curl } from "@lucky/gateway/curl";
import { endOnSignal, runCommand } from "./command.ts";
import { createHttpApi } from "./http-api.ts";
import { DEFAULT_CONCURRENCY, startLambdaService } from "./lambda-service.ts";
import { describeExchange, exchangeToJson } from "./request-line.ts";
import { UsageError } from "./usage-error.ts";
import { functions } from "./workspace.ts";

const HELP = `Runs the API on this machine, with no AWS account.

Usage: pnpm start [options]

Options:
  --port <number>         where to listen on 127.0.0.1, 0 for any free port (default 3000)
  --concurrency <number>  how many environments a function has at most (default ${DEFAULT_CONCURRENCY})
  --json                  a line of JSON for each request on stdout, for machines
  -h, --help              this text

A line per request, and below it what the function logged, goes to stderr: "cold #2" is the first request of the
second environment. An edit is live with the next request; while it does not compile, the last code that did goes
on. A function has 20 seconds and 1024 MB, SST's defaults. Ctrl-C stops it.
Exit code: 0 when stopped, 1 when it cannot start, 2 when called wrongly.
`;

await runCommand(HELP, async () => {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "3000" },
      concurrency: { type: "string", default: String(DEFAULT_CONCURRENCY) },
      json: { type: "boolean", default: false },
    },
  });
  const port = toNumber(values.port, "--port", 0, 65_535);
  const concurrency = toNumber(values.concurrency, "--concurrency", 1, 1000);

  const lambda = await startLambdaService(functions, {
    concurrency,
    onBuild({ functionName, milliseconds, error }) {
      console.error(
        error
          ? `${error.message}\n${functionName} goes on as it was.`
          : `${functionName} rebuilt in ${milliseconds.toFixed(0)} ms`,
      );
    },
  });
  endOnSignal(lambda, 0);
  const server = createHttpApi(functions, lambda, (exchange) => {
    if (values.json) console.log(exchangeToJson(exchange));
    else console.error(describeExchange(exchange, process.stderr));
  });

  server.once("error", (error: NodeJS.ErrnoException) => {
    const busy = error.code === "EADDRINUSE";
    console.error(busy ? `Port ${port} is in use. Choose another: pnpm start --port 0` : error.message);
    lambda.stop();
    process.exitCode = 1;
  });
  server.listen(port, "127.0.0.1", () => {
    const address = server.address();
    (values.json ? console.error : console.log)(
      welcome(typeof address === "object" && address !== null ? address.port : port),
    );
  });
});

function toNumber(text: string, option: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`${option} takes a number from ${least} to ${most}, not "${text}".`);
}

function welcome(port: number): string {
  const url = `http://localhost:${port}`;
  const routes = functions.map(({ contract }) => {
    const { method, path, summary } = contract;
    return `  ${method} ${url}${path}\n    ${summary}\n    ${curl(contract, url + path)}\n`;
  });
  return `\nThe API is running on this machine. Ctrl-C stops it.\n\n${routes.join("\n")}`;
}
