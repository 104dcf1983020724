import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import type { EnvironmentOptions } from "./environment.ts";
import { environmentVariables } from "./environment-variables.ts";

/** What Node's inspector says on stderr, which is not the function's. */
const INSPECTOR = /^(?:Debugger |For help, see: |Waiting for the debugger|Starting inspector)/;

export type EnvironmentProcess = {
  readonly pid: number | undefined;
  isAlive(): boolean;
  /** Resolves when it has ended and all that it wrote has been read. */
  readonly closed: Promise<unknown>;
  kill(): void;
};

type Listeners = {
  /** Told of each line that it writes; one of the text log format may have line breaks in it. */
  onLine(line: string): void;
  /** Told once, with a reason such as "exit status 1". */
  onEnd(reason: string): void;
};

/** Starts the process of an execution environment. */
export function startProcess(
  options: EnvironmentOptions,
  runtimeApi: string,
  { onLine, onEnd }: Listeners,
): EnvironmentProcess {
  const { taskRoot, runtimeClient, inspect } = options;
  const flags =
    inspect === undefined
      ? []
      : [inspect.waits ? "--inspect-wait" : "--inspect", "--inspect-port", `127.0.0.1:${inspect.port}`];
  const child = spawn(process.execPath, ["--enable-source-maps", ...flags, runtimeClient], {
    cwd: taskRoot,
    env: environmentVariables(options, runtimeApi),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const closed = once(child, "close");
  let alive = true;

  readLines(child.stdout, onLine);
  readLines(child.stderr, (line) => {
    if (inspect && INSPECTOR.test(line)) inspect.onNotice(line);
    else onLine(line);
  });
  child.once("error", (error) => end(error.message));
  child.once("exit", (code, signal) => end(signal ? `signal: ${signal}` : `exit status ${code}`));

  function end(reason: string): void {
    alive = false;
    onEnd(reason);
  }

  return {
    pid: child.pid,
    closed,
    isAlive: () => alive,
    kill() {
      alive = false;
      child.kill("SIGKILL");
    },
  };
}

/** Within a line, a carriage return stands for a line break, as the runtime clients write it. */
function readLines(stream: Readable, onLine: (line: string) => void): void {
  let unfinished = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (unfinished + chunk).split("\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) onLine(line.replaceAll("\r", "\n"));
  });
  stream.on("end", () => {
    if (unfinished !== "") onLine(unfinished);
  });
}
