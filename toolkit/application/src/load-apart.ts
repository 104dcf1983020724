import { Worker } from "node:worker_threads";
import type { Contract } from "@lucky/gateway/contract";
import type { Application, LambdaFunction } from "./application.ts";
import type { ListedUses } from "./listed-uses.ts";

const PROGRAM = new URL("load-thread.ts", import.meta.url);

/** A function as another thread can be told of it: its contract without the schemas. */
export type ListedFunction = Omit<LambdaFunction, "contract"> & {
  readonly contract: Pick<Contract, "method" | "path" | "summary">;
  readonly uses: ListedUses;
  /** A curl command that sends the contract's examples: `command`, then the API's address with `target` behind it. */
  readonly curl: { readonly command: string; readonly target: string };
};

export type ListedApplication = Omit<Application, "functions"> & {
  readonly functions: readonly ListedFunction[];
};

export type Loaded = {
  /** The application, or the sentence that says what is wrong with it. */
  readonly application: ListedApplication | { readonly failure: string };
  /** What the application is made of, see createLookups. */
  readonly paths: ReadonlySet<string>;
};

/**
 * As loadApplication, of the folder that `from` is in, in a thread of its own: it sees every file as it is now, where a
 * process keeps the modules that it has loaded once. Never rejects. `timeoutMs`: how long contracts may take.
 *
 *     const { application } = await loadApart(process.cwd(), 10_000);
 *     if ("failure" in application) console.error(application.failure);
 */
export function loadApart(from: string, timeoutMs?: number): Promise<Loaded> {
  return new Promise((resolve) => {
    const worker = new Worker(PROGRAM, { workerData: from });
    const fail = (failure: string) => finish({ application: { failure }, paths: new Set() });
    const timer =
      timeoutMs && setTimeout(fail, timeoutMs, `The contracts were not loaded within ${timeoutMs / 1000} s.`);
    function finish(loaded: Loaded): void {
      clearTimeout(timer);
      resolve(loaded);
      worker.terminate();
    }
    worker.once("message", finish);
    worker.once("error", (error) => fail(error instanceof Error ? error.message : String(error)));
    worker.once("exit", () => fail("The contracts ended the process that loaded them."));
  });
}
