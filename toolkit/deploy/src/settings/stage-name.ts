import { ApplicationError } from "@lucky/application/application-error";

/** Such as anna, anna-2 or pr-123. */
const PATTERN = /^[a-z][a-z0-9-]{0,19}$/;
/** Somebody who types one of these means prod, and would get a stage that anybody can remove. */
const MISTAKEN_FOR_PROD = ["production", "prd", "live", "main", "master", "release"];

/** Throws an ApplicationError that says which names there are. */
export function checkStageName(name: string): void {
  if (MISTAKEN_FOR_PROD.includes(name)) {
    throw new ApplicationError(`There is no stage "${name}": production is called prod. Use --stage prod.`);
  }
  if (!PATTERN.test(name)) {
    throw new ApplicationError(
      `"${name}" cannot be a stage: use prod, or up to 20 lower-case letters, digits and dashes, such as anna or pr-123.`,
    );
  }
}
