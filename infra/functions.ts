import type { api } from "@acme/contracts";
import { createFunction, type FunctionOptions } from "@lucky/deploy/function";
import { checkReservedConcurrency } from "@lucky/deploy/reserved-concurrency";
import { application, settings, stage } from "./context.ts";

/** What every function has. Memory and timeout are in its package.json, for the local Lambda reads them too. */
const common: FunctionOptions = {
  logLevel: stage.logLevel,
  logRetention: stage.logRetention,
  keepsLog: stage.isProd,
  hasTracing: stage.hasTracing,
  hasAlias: stage.hasAlias,
  environment: stage.isProd ? { NODE_ENV: "production" } : {},
  ...(settings.reservedConcurrency !== undefined && {
    concurrency: { reserved: settings.reservedConcurrency },
  }),
};

/** What one function has besides: any argument of SST's Function, such as environment, permissions, link or vpc. */
const own: Partial<Record<keyof typeof api, Partial<FunctionOptions>>> = {
  // "send-mail": { permissions: [{ actions: ["ses:SendEmail"], resources: ["*"] }] },
};

const ownOf = (name: string) => own[name as keyof typeof api]; // each function has the name of a contract

checkReservedConcurrency(
  application.map(({ name }) => ({ ...common, ...ownOf(name) })),
  settings.concurrencyQuota,
);

export const functions = application.map((each) => createFunction(each, common, ownOf(each.name)));
