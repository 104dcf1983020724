import type { api } from "./index.ts";

export type Limits = {
  /** 128 to 10240. Memory brings CPU in proportion: 1769 MB are one core. */
  readonly memoryMegabytes: number;
  /** 1 to 29, as long as an HTTP API waits. */
  readonly timeoutSeconds: number;
};

const DEFAULT: Limits = { memoryMegabytes: 1024, timeoutSeconds: 10 };

/** Of the functions that need others. */
const EXCEPTIONS: Partial<Record<keyof typeof api, Limits>> = {};

/** What Lambda gives a function, when it is deployed and on this machine. */
export function limitsOf(functionName: string): Limits {
  return (EXCEPTIONS as Readonly<Record<string, Limits | undefined>>)[functionName] ?? DEFAULT; // a name of no function has none
}
