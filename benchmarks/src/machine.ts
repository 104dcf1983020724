import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { dirname, join } from "node:path";

/** What a run ran on. */
export type Machine = {
  readonly cpu: string;
  readonly arch: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly kernel: string;
  readonly node: string;
  /** The version of aws-lambda-ric; undefined where nothing ran under it. */
  readonly runtimeClient?: string;
};

/** `runtimeClient` is its main file. */
export function describeMachine(runtimeClient: string | undefined): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() || "an unnamed CPU",
    arch: process.arch,
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: `${process.platform} ${release()}`,
    node: process.versions.node,
    ...(runtimeClient !== undefined && { runtimeClient: versionOf(runtimeClient) }),
  };
}

function versionOf(main: string): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(dirname(main), "package.json"), "utf8"),
  );
  return version;
}
