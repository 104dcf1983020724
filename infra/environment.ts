import type { api } from "@acme/contracts";
import { stageOf } from "./stage.ts";

type Variables = Readonly<Record<string, string>>;

/** Of one function, on every stage. Not for secrets: this file is committed. */
const own: Partial<Record<keyof typeof api, Variables>> = {
  // "send-mail": { SENDER: "hello@example.com" },
};

/**
 * The variables of a function on a stage: the deploy has them, and so does this machine, with `--environment prod` those
 * of prod. So they are texts, and nothing here is SST's.
 */
export function environmentOf(stage: string, functionName: string): Variables {
  const common: Variables = stageOf(stage).isProd ? { NODE_ENV: "production" } : {};
  return { ...common, ...own[functionName as keyof typeof api] }; // each function has the name of a contract
}
