import type { api } from "@acme/contracts";
import { stageOf } from "./stage.ts";

type Variables = Readonly<Record<string, string>>;

/** The settings that contracts declare, by variable, in prod and on all other stages. One that has a default may be left out. */
const settings: { readonly prod: Variables; readonly others: Variables } = {
  prod: {}, // such as SENDER: "hello@example.com"
  others: {},
};

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

/** The values of settings on a stage, for those functions alone that use them. The deploy checks each by its schema. */
export function settingsOf(stage: string): Variables {
  return stageOf(stage).isProd ? settings.prod : settings.others;
}
