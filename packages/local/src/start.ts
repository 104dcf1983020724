import { parseArgs } from "node:util";
import { curl } from "@lucky/gateway/curl";
import { endOnSignal, runCommand } from "./command.ts";
import { createHttpApi } from "./http-api.ts";
import { startLambdaService } from "./lambda-service.ts";
import { UsageError } from "./usage-error.ts";
import { functions } from "./workspace.ts";

const HELP = `Runs the API on this machine, with no AWS account.

Usage: pnpm start [options]

Options:
  --port <number>  where to listen on 127.0.0.1, 0 for any free port (default 3000)
  -h, --help       this text

What the functions log, and a line per request, goes to stderr. Ctrl-C stops it.
An edit is live with the next request; while it does not compile, the last code that did goes on.
A function has 20 seconds and 1024 MB, SST's defaults.
Exit code: 0 when stopped, 1 when it cannot start, 2 when called wrongly.
`;

await runCommand(HELP, async () => {
  const { values } = parseArgs({ options: { port: { type: "string", default: "3000" } } });
  const port = toPort(values.port);

  const lambda = await startLambdaService(functions, {
    onBuild({ functionName, milliseconds, error }) {
      console.error(
        error
          ? `${error.message}\n${functionName} goes on as it was.`
          : `${functionName} rebuilt in ${milliseconds.toFixed(0)} ms`,
      );
    },
  });
  endOnSignal(lambda, 0);
  const server = createHttpApi(functions, lambda, ({ method, target, status, milliseconds, failure }) => {
    console.error(
      `${method} ${target} ${status} ${milliseconds.toFixed(0)} ms${failure ? ` ${failure}` : ""}`,
    );
  });

  server.once("error", (error: NodeJS.ErrnoException) => {
    const busy = error.code === "EADDRINUSE";
    console.error(busy ? `Port ${port} is in use. Choose another: pnpm start --port 0` : error.message);
    lambda.stop();
    process.exitCode = 1;
  });
  server.listen(port, "127.0.0.1", () => {
    const address = server.address();
    console.log(welcome(typeof address === "object" && address !== null ? address.port : port));
  });
});

function toPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UsageError(`--port takes a number from 0 to 65535, not "${text}".`);
}

function welcome(port: number): string {
  const url = `http://localhost:${port}`;
  const routes = functions.map(({ contract }) => {
    const { method, path, summary } = contract;
    return `  ${method} ${url}${path}\n    ${summary}\n    ${curl(contract, url + path)}\n`;
  });
  return `\nThe API is running on this machine. Ctrl-C stops it.\n\n${routes.join("\n")}`;
}
