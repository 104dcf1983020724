import type { Server } from "node:http";
import { onSignal } from "@lucky/command/signals";
import type { LambdaService } from "../lambda/lambda-service.ts";

/** No gateway waits longer for a function; a caller that has not sent its request by then is left behind. */
const GRACE_MS = 30_000;

/** Ends the functions' processes, and then this one, when it is told to end. */
export function endOnSignal(lambda: LambdaService, exitCode: number): void {
  onSignal(() => {
    lambda.stop();
    process.exit(exitCode);
  });
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
