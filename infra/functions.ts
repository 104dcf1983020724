import type { api } from "@acme/contracts";
import { createFunction, type FunctionOptions } from "@lucky/deploy/function";
import { checkReservedConcurrency } from "@lucky/deploy/reserved-concurrency";
import { application, settings, stage } from "./context.ts";
import { environmentOf } from "./environment.ts";
import { resources } from "./resources.ts";

/**
 * What every function has. The local Lambda reads memory, timeout and what it brings along in its package.json, and plain
 * variables in environment.ts, so they stand there.
 */
const common: FunctionOptions = {
  logLevel: stage.logLevel,
  logRetention: stage.logRetention,
  keepsLog: stage.isProd,
  hasTracing: stage.hasTracing,
  ...(stage.hasAlias && { alias: settings.holdsLive ? "stays" : "moves" }),
  ...(settings.reservedConcurrency !== undefined && {
    concurrency: { reserved: settings.reservedConcurrency },
  }),
};

/** What one function has besides: any argument of SST's Function, such as permissions, link, vpc, or variables that SST knows. What its contract uses needs nothing here. */
const own: Partial<Record<keyof typeof api, Partial<FunctionOptions>>> = {
  // "send-mail": { permissions: [{ actions: ["ses:SendEmail"], resources: ["*"] }] },
};

const ownOf = (name: string) => own[name as keyof typeof api]; // each function has the name of a contract

checkReservedConcurrency(
  application.map(({ name }) => ({ ...common, ...ownOf(name) })),
  settings.concurrencyQuota,
);

export const functions = application.map((each) =>
  createFunction(
    each,
    { ...common, access: resources.accessOf(each), environment: environmentOf(stage.name, each.name) },
    ownOf(each.name),
  ),
);
