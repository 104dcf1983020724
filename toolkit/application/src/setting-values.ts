import type { Setting } from "@lucky/resources/declare";
import { variableOf } from "@lucky/resources/declare";
import { ApplicationError } from "./application-error.ts";
import { mistakeOfVariable } from "./variable.ts";
import { ENVIRONMENT, type Variables } from "./variables.ts";

/**
 * The values of settings on a stage, by variable, each as its schema takes it: `given` is what `settingsOf` of
 * infra/environment.ts says of that stage. One that has a default need not be given, and is not among them then. Throws an
 * ApplicationError with all that is missing, wrong or of no setting.
 *
 *     settingValues([Sender], { SENDER: "hello@example.com" }, "prod") // { SENDER: "hello@example.com" }
 */
export function settingValues(settings: readonly Setting[], given: Variables, stage: string): Variables {
  const known = settings.map(variableOf);
  const mistakes = [
    ...settings.flatMap((each) => mistakeOf(each, given[variableOf(each)], stage) ?? []),
    ...Object.keys(given)
      .filter((variable) => !known.includes(variable))
      .map((variable) => `${ENVIRONMENT} gives ${variable} on the stage ${stage}: ${whichThereAre(known)}`),
  ];
  if (mistakes.length > 0) throw new ApplicationError(mistakes.join("\n"));
  return given;
}

function mistakeOf(setting: Setting, given: string | undefined, stage: string): string | undefined {
  const { name, summary } = setting;
  const variable = variableOf(setting);
  const text = given ?? setting.default;
  if (text === undefined) {
    return (
      `The setting ${name} (${summary}) has no value on the stage ${stage}: give ${variable} in settingsOf of ${ENVIRONMENT}, ` +
      "or a default where it is declared."
    );
  }
  const reason = mistakeOfVariable(variable, text) ?? refusalOf(setting, text);
  if (reason === undefined) return undefined;
  const where = given === undefined ? "its default" : `${variable} in ${ENVIRONMENT}`;
  return `The setting ${name} is wrong on the stage ${stage}, by ${where}: ${reason}`;
}

/** What its schema has against a text. */
function refusalOf({ value }: Setting, text: string): string | undefined {
  const result = value["~standard"].validate(text);
  if (result instanceof Promise) return "its schema takes its time, and must answer at once.";
  return result.issues?.map(({ message }) => message).join(" ");
}

function whichThereAre(variables: readonly string[]): string {
  if (variables.length === 0) return "no contract uses a setting.";
  return `no contract uses a setting of that variable, only of ${variables.join(", ")}.`;
}
