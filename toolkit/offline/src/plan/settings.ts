import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** Of the machine and its accounts, or of tools: nothing that an application is set by. */
const NO_SETTING =
  /^(?:AWS_(?!REGION$)|SST_|PULUMI_|OFFLINE_|XDG_|npm_|(?:HOME|PATH|CI|NO_COLOR|FORCE_COLOR|NODE_OPTIONS)$)/;

type Settings = {
  readonly set: Readonly<Record<string, string>>;
  readonly madeUp: Readonly<Record<string, string>>;
};

/** The settings of a stage, as SST reads them, and what stands in the place of those that a deploy cannot do without. */
export function readSettings(root: string, stage: string, environment: NodeJS.ProcessEnv): Settings {
  const read = (name: string) => {
    const file = join(root, name);
    return existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  };
  const all: NodeJS.ProcessEnv = { ...read(".env"), ...environment, ...read(`.env.${stage}`) };
  const set = Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value && !NO_SETTING.test(name) ? [[name, value]] : [])),
  );
  const needed = {
    AWS_REGION: "eu-central-1",
    ...(stage === "prod" && { ALARM_EMAIL: "alarms@example.com" }),
  };
  const madeUp = Object.fromEntries(Object.entries(needed).filter(([name]) => !(name in set)));
  return { set, madeUp };
}
