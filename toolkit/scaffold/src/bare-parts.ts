/** The function of the example application. */
export const EXAMPLE = "lucky-numbers";

/** What goes with `--bare`: files, and folders with a slash at their end. */
export const GOES: readonly string[] = [
  // the example application
  `functions/${EXAMPLE}/`,
  `packages/contracts/src/${EXAMPLE}.ts`,
  `packages/core/src/${EXAMPLE}.ts`,
  `packages/core/src/${EXAMPLE}.test.ts`,
  ...[
    "advice.test.ts",
    "advice.ts",
    "announcement.ts",
    "balls.css",
    "balls.ts",
    "copying.ts",
    "draw.ts",
    "duration.test.ts",
    "duration.ts",
    "exchange-panels.ts",
    "exchange.css",
    "exchange.ts",
    "field-problems.ts",
    "form.css",
    "problem-panel.ts",
    "shown-text.test.ts",
    "shown-text.ts",
    "typed-value.test.ts",
    "typed-value.ts",
    "visit.ts",
    "waiting.ts",
  ].map((file) => `packages/web/pages/${file}`),
  `tests/end-to-end/${EXAMPLE}.test.ts`,
  "tests/browser/",
  "tests/commands/",

  // what only its makers need
  ".github/ISSUE_TEMPLATE/",
  "CONTRIBUTING.md",
  "benchmarks/",
  "docs/from-rust.md",
  "docs/guide.md",
  "docs/page.png",
  "tests/documentation/guide.test.ts",
  "tests/documentation/readme.test.ts",
  "tests/generator/",
  "tests/upgrade/",
];

/** Whether a file goes with `--bare`, by its path in the workspace. */
export function goes(file: string): boolean {
  return GOES.some((part) => file === part || (part.endsWith("/") && file.startsWith(part)));
}

/** Scripts of the root that lose what they run. */
export const SCRIPTS_THAT_GO: readonly string[] = [
  "bench",
  "conformance",
  "test:bench",
  "test:browser",
  "test:new",
];
