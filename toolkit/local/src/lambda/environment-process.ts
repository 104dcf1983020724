import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { EnvironmentOptions, Inspect } from "./environment-options.ts";
import { environmentVariables } from "./environment-variables.ts";
import { describeExit } from "./exit-reason.ts";
import { killTree } from "./kill-tree.ts";

/** What Node's inspector says on stderr, which is not the function's. */
const INSPECTOR = /^(?:Debugger |For help, see: |Waiting for the debugger|Starting inspector)/;

/** Where debuggers attach. */
export const DEBUG_HOST = "127.0.0.1";

export type EnvironmentProcess = {
  readonly pid: number | undefined;
  isAlive(): boolean;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  /** Resolves when all that it wrote before now has been told; also a last line without its end. */
  flush(): Promise<void>;
  kill(): void;
};

type Listeners = {
  /** Told of each line that it writes; one of the text log format may have line breaks in it. */
  onLine(line: string): void;
  /** Told once, such as "Runtime exited with error: exit status 1". */
  onEnd(reason: string): void;
};

/** Starts the process of an execution environment. */
export function startProcess(
  options: EnvironmentOptions,
  runtimeApi: string,
  { onLine, onEnd }: Listeners,
  platform: NodeJS.Platform = process.platform,
): EnvironmentProcess {
  const { taskRoot, runtimeClient, inspect, warden } = options;
  const hasGroups = platform !== "win32";
  const flags = [...nodeFlags(options.memoryMegabytes), ...debugFlags(inspect)];
  const child = spawn(process.execPath, [...flags, runtimeClient], {
    cwd: taskRoot,
    env: environmentVariables(options, runtimeApi),
    stdio: ["ignore", "pipe", "pipe"],
    // A Ctrl-C is for this process, and what the function starts ends with it. Windows has no groups: there a process without a
    // console hears of no Ctrl-C, and one that is not detached ends with its parent.
    detached: hasGroups,
    windowsHide: true,
  });
  const { pid } = child;
  if (pid !== undefined) warden?.watch(pid);
  let alive = true;
  const ended = new Promise<void>((resolve) => {
    child.once("error", (error) => end(`Runtime exited with error: ${error.message}`));
    child.once("exit", (code, signal) => end(describeExit(code, signal)));

    function end(reason: string): void {
      if (hasGroups) kill();
      alive = false;
      if (pid !== undefined) warden?.forget(pid);
      onEnd(reason);
      resolve();
    }
  });
  const closed = new Promise((resolve) => child.once("close", resolve));
  // There are no streams where the system could not start a process.
  const readers = [
    child.stdout && readLines(child.stdout, onLine),
    child.stderr &&
      readLines(child.stderr, (line) => {
        if (inspect && INSPECTOR.test(line)) inspect.onNotice(line);
        else onLine(line);
      }),
  ];

  function kill(): void {
    alive = false;
    if (pid !== undefined) killTree(pid, platform);
  }

  return {
    pid,
    ended,
    isAlive: () => alive,
    async flush() {
      await (alive ? new Promise((resolve) => setImmediate(resolve)) : Promise.race([closed, delay(100)]));
      for (const reader of readers) reader?.flush();
    },
    kill,
  };
}

/** SST's, and those that Lambda starts its runtime with: a heap that is full ends the process before its memory is. */
function nodeFlags(memoryMegabytes: number): readonly string[] {
  const newSpace = Math.floor(memoryMegabytes / 10);
  return [
    "--enable-source-maps",
    "--expose-gc",
    "--max-http-header-size=81920",
    `--max-semi-space-size=${Math.floor(newSpace / 2)}`,
    `--max-old-space-size=${memoryMegabytes - newSpace}`,
  ];
}

function debugFlags(inspect: Inspect | undefined): readonly string[] {
  if (inspect === undefined) return [];
  return [inspect.waits ? "--inspect-wait" : "--inspect", `--inspect-port=${DEBUG_HOST}:${inspect.port}`];
}

/** Within a line, a carriage return stands for a line break, as the runtime clients write it. */
function readLines(stream: Readable, onLine: (line: string) => void): { flush(): void } {
  let unfinished = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (unfinished + chunk).split("\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) onLine(line.replaceAll("\r", "\n"));
  });
  return {
    flush() {
      if (unfinished !== "") onLine(unfinished);
      unfinished = "";
    },
  };
}
