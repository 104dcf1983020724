import type { Setting } from "./declare/setting.ts";
import { variableOf } from "./declare/variable.ts";

/** The value of a setting. Throws an error that names the variable and what is wrong with it, never its value. */
export function readSetting(setting: Setting): unknown {
  const variable = variableOf(setting);
  const text = process.env[variable] ?? setting.default;
  if (text === undefined)
    throw new Error(`The setting ${setting.name} is not set (${setting.summary}): set ${variable}.`);
  const result = setting.value["~standard"].validate(text);
  if (result instanceof Promise)
    throw new TypeError(
      `The schema of the setting ${setting.name} takes its time: use one that answers at once.`,
    );
  if (!result.issues) return result.value;
  throw new Error(
    `The setting ${variable} is wrong: ${result.issues.map(({ message }) => message).join(" ")}`,
  );
}
