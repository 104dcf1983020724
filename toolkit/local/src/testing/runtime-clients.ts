import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll } from "vitest";
import { buildAwsRuntimeClient } from "../lambda/aws-runtime-client.ts";
import { bundleBootstrap } from "../lambda/bundle.ts";
import { type InvocationResult, startEnvironment } from "../lambda/environment.ts";
import type { LogFormat } from "../lambda/platform-log.ts";

/** Whether the tests run under AWS's own client: where RUNTIME_CLIENT is aws (`pnpm test:ric`). */
export const isAws = process.env.RUNTIME_CLIENT === "aws";

type RunOptions = {
  readonly logFormat?: LogFormat;
  readonly extension?: "mjs" | "cjs" | "txt";
  readonly variables?: Readonly<Record<string, string>>;
  readonly initTimeoutMs?: number;
  readonly timeoutSeconds?: number;
};

export type Run = (source: string, options?: RunOptions) => Promise<readonly InvocationResult[]>;

/** Gives a function that runs two events in a function that is this JavaScript, under this package's client or AWS's. */
export function useRuntimeClient(): Run {
  const folder = mkdtempSync(join(tmpdir(), "lucky-clients-"));
  let runtimeClient: string;
  beforeAll(async () => {
    runtimeClient = isAws
      ? await buildAwsRuntimeClient((notice) => process.stderr.write(`${notice}\n`))
      : await bundleBootstrap(folder);
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  return async (source, { logFormat = "json", extension = "mjs", variables, ...options } = {}) => {
    const taskRoot = mkdtempSync(join(folder, "function-"));
    writeFileSync(join(taskRoot, `bundle.${extension}`), source);
    const environment = await startEnvironment({
      functionName: "test",
      taskRoot,
      runtimeClient: variables ? writeClientWith(variables, taskRoot) : runtimeClient,
      isAwsClient: isAws,
      logFormat,
      timeoutSeconds: 1,
      memoryMegabytes: 256,
      ...options,
    });
    try {
      const first = await environment.invoke('{"nth":1}');
      return environment.isAlive() ? [first, await environment.invoke('{"nth":2}')] : [first];
    } finally {
      environment.stop();
    }
  };

  function writeClientWith(variables: object, taskRoot: string): string {
    const path = join(taskRoot, "client.mjs");
    const client = JSON.stringify(pathToFileURL(runtimeClient).href);
    writeFileSync(path, `Object.assign(process.env, ${JSON.stringify(variables)}); await import(${client});`);
    return path;
  }
}

/** A module whose handler is this. */
export const handler = (body: string) => `export const handler = async (event, context) => { ${body} };`;

/** An error in Lambda's shape: where the client reports it there is a trace, which may be empty. */
export function errorOf({ payload, isFunctionError }: InvocationResult) {
  const { errorType, errorMessage, trace } = JSON.parse(payload);
  return { isFunctionError, errorType, errorMessage, traced: trace && trace.length > 0 };
}

export const ownLines = ({ logs }: InvocationResult) =>
  logs.filter(({ from }) => from === "function").map(({ text }) => text);
