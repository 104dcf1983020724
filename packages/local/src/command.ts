import type { Server } from "node:http";
import type { LambdaService } from "./lambda-service.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Runs a command line: prints its help when asked, and says what is wrong instead of showing a stack. Sets the
 * exit code to 2 for a wrong call and to 1 for any other failure.
 */
export async function runCommand(help: string, run: () => Promise<void>): Promise<void> {
  const words = process.argv.slice(2);
  if (words.includes("--help") || words.includes("-h")) {
    process.stdout.write(help);
    return;
  }
  try {
    await run();
  } catch (error) {
    const isUsage = error instanceof UsageError || isParseArgsError(error);
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n${isUsage ? "See --help.\n" : ""}`);
    process.exitCode = isUsage ? 2 : 1;
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Ends the functions' processes, and then this one, when it is told to end. */
export function endOnSignal(lambda: LambdaService, exitCode: number): void {
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      lambda.stop();
      process.exit(exitCode);
    });
  }
}

/** Likewise with exit code 0, once the requests in flight have their responses; when told again, at once. */
export function endGracefully(server: Server, lambda: LambdaService): void {
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      server.close(() => {
        lambda.stop();
        process.exit(0);
      });
      server.closeIdleConnections();
      server.prependListener("request", (_, response) => response.setHeader("connection", "close"));
      for (const each of SIGNALS) process.removeAllListeners(each);
      endOnSignal(lambda, 0);
    });
  }
}

function isParseArgsError(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
