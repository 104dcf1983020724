import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import type { LambdaService } from "./lambda-service.ts";
import { UsageError } from "./usage-error.ts";

const PROJECT = new URL("../../../package.json", import.meta.url);
/** No gateway waits longer for a function; a caller that has not sent its request by then is left behind. */
const GRACE_MS = 30_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a command line: prints its help or its version when asked, and says what is wrong instead of showing a stack. Sets the
 * exit code to 2 for a wrong call and to 1 for any other failure.
 */
export async function runCommand(help: string, run: () => Promise<void>): Promise<void> {
  const words = process.argv.slice(2);
  if (words.includes("--help") || words.includes("-h")) {
    process.stdout.write(help);
    return;
  }
  if (words.includes("--version")) {
    const { name, version } = JSON.parse(readFileSync(PROJECT, "utf8")) as Record<string, unknown>; // its package.json
    process.stdout.write(`${name} ${version}\n`);
    return;
  }
  onSignal(() => process.exit(1));
  try {
    await run();
  } catch (error) {
    const isUsage = error instanceof UsageError || isParseArgsError(error);
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n${isUsage ? "See --help.\n" : ""}`);
    process.exitCode = isUsage ? 2 : 1;
  }
}

/** Ends the functions' processes, and then this one, when it is told to end. */
export function endOnSignal(lambda: LambdaService, exitCode: number): void {
  onSignal(() => {
    lambda.stop();
    process.exit(exitCode);
  });
}

/** From now on this, and nothing else, is what a signal does. */
export function onSignal(act: () => void): void {
  for (const signal of SIGNALS) {
    process.removeAllListeners(signal);
    process.once(signal, act);
  }
}

/** Likewise with exit code 0, once the requests in flight have their responses; when told again, at once. */
export function endGracefully(server: Server, lambda: LambdaService): void {
  let inFlight = 0;
  let isEnding = false;
  const endWhenIdle = () => {
    if (isEnding && inFlight === 0) server.closeAllConnections();
  };
  server.prependListener("request", (_, response) => {
    inFlight++;
    response.once("close", () => {
      inFlight--;
      endWhenIdle();
    });
  });
  onSignal(() => {
    isEnding = true;
    server.close(() => {
      lambda.stop();
      process.exit(0);
    });
    endWhenIdle();
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
    endOnSignal(lambda, 0);
  });
}

function isParseArgsError(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
