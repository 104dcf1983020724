import { UsageError } from "@lucky/command/usage-error";
import { pascalCase } from "@lucky/gateway/name";
import { LONGEST_APP_AND_NAME } from "./function-name.ts";
import type { Product } from "./product.ts";

/** So that there is room for a function's name beside it. */
const LONGEST_APP = 20;
const LONGEST_TITLE = 80;

/** What a product is called by that name. Throws a UsageError that says why it cannot be. */
export function toProduct(app: string, title: string, functions: readonly string[]): Product {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(app)) {
    throw new UsageError(`"${app}" is no name: use small letters, digits and single dashes, as in your-app.`);
  }
  const longest = Math.max(0, ...functions.map((name) => pascalCase(name).length));
  const most = Math.min(LONGEST_APP, LONGEST_APP_AND_NAME - longest);
  if (app.length > most)
    throw new UsageError(`"${app}" is too long for AWS: use at most ${most} characters.`);
  // It comes to stand in sources, in Markdown and in HTML.
  if (!/^[\p{L}\p{N}][\p{L}\p{N} .,:()-]*$/u.test(title) || title.length > LONGEST_TITLE) {
    throw new UsageError(
      `--title takes letters, digits, spaces and .,:()- in up to ${LONGEST_TITLE} characters.`,
    );
  }
  return { app, scope: `@${app}`, title };
}

/** `your-app` as Your App. */
export function titleOf(app: string): string {
  return app.replaceAll(
    /(?:^|-)(\w)/g,
    (part, letter: string) => (part === letter ? "" : " ") + letter.toUpperCase(),
  );
}
