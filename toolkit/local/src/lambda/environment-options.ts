import type { Variables } from "@lucky/application/variables";
import type { LogFormat } from "./platform-log.ts";
import type { Warden } from "./warden.ts";

/** What an execution environment is made of. */
export type EnvironmentOptions = {
  readonly functionName: string;
  /** The folder that holds the bundle. */
  readonly taskRoot: string;
  /** The file of the runtime client, as JavaScript. */
  readonly runtimeClient: string;
  /** Whether that is AWS's own, which does not take all that this package's does. */
  readonly isAwsClient?: boolean;
  /** 1 to 900. */
  readonly timeoutSeconds: number;
  /** How long the init may take before it is tried again in the invocation's own time; 10,000 on Lambda. */
  readonly initTimeoutMs?: number;
  /** 128 to 10240. */
  readonly memoryMegabytes: number;
  readonly logFormat: LogFormat;
  /** The function's own, besides those that Lambda sets. */
  readonly variables?: Variables;
  /** Whether it has this shell's region, profile and credentials, and not nobody's. */
  readonly hasAwsAccess?: boolean;
  /** Where its SDKs find AWS; undefined for AWS itself. */
  readonly awsEndpoint?: string;
  /** Where a debugger attaches, on 127.0.0.1; time does not run out then. */
  readonly inspect?: Inspect;
  /** Ends its process when this one is killed. */
  readonly warden?: Warden;
};

export type Inspect = {
  readonly port: number;
  /** Whether it waits for the debugger before it runs anything. */
  readonly waits: boolean;
  /** Told of what Node's inspector says. */
  onNotice(notice: string): void;
};
