/** The first function of the example application. */
export const EXAMPLE = "lucky-numbers";
/** All functions of it, and the tables that they use. */
export const EXAMPLES: readonly string[] = [EXAMPLE, "keep-draw", "read-draw", "list-draws"];
export const EXAMPLE_TABLES: readonly string[] = ["draws", "requests"];

/** What goes with `--bare`: files, and folders with a slash at their end. */
export const GOES: readonly string[] = [
  // the example application
  ...EXAMPLES.flatMap((name) => [`functions/${name}/`, `packages/contracts/src/${name}.ts`]),
  ...[EXAMPLE, "draw"].flatMap((name) => [
    `packages/core/src/${name}.ts`,
    `packages/core/src/${name}.test.ts`,
  ]),
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
    "failure.ts",
    "field-problems.ts",
    "form.css",
    "kept-draw-item.ts",
    "kept-draws.ts",
    "latest-draws.ts",
    "latest.css",
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
