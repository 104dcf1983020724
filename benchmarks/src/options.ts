import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "../../toolkit/command/src/usage-error.ts";

const MEASURES = [
  "cold",
  "warm",
  "trip",
  "size",
  "table",
  "count",
  "body",
  "registry",
  "concurrency",
] as const;
export type Measure = (typeof MEASURES)[number];

/** Those that start functions under a runtime client. */
export const UNDER_CLIENT: readonly Measure[] = ["cold", "trip", "table", "registry", "concurrency"];

/** How cost grows. */
const GROWTH: readonly Measure[] = ["count", "body", "registry", "concurrency"];

export type Options = {
  readonly measures: ReadonlySet<Measure>;
  readonly quick: boolean;
  readonly json: boolean;
  readonly write: boolean;
  readonly check: boolean;
  /** The file of another handler. */
  readonly beside?: string;
};

export const HELP = `Measures this project beside its peers, in one run: about ten minutes on two cores.

Usage: pnpm bench [options]

Options:
  --only <measures>    some of them, with commas between:
                       cold         from nothing to the first response, under AWS's own runtime client
                       warm         an invocation in process, with nothing around it
                       trip         an invocation through the runtime client
                       size         of the bundle
                       table        a function that reads an item of a table, beside other clients; DynamoDB on this machine
                       growth       how cost grows: count, body, registry and concurrency, each to be named alone too
  --quick              about a minute: enough to see a large change
  --beside <file>      measures this handler too, such as the same one from another checkout
  --check              exits with 1 if a budget of benchmarks/src/budgets.ts is broken, and says which
  --write              writes benchmarks/RESULTS.md and its charts
  --json               prints the whole result as JSON, and nothing else to stdout
  --version            of this project
  -h, --help           this text

What it costs needs cold and trip. It needs Linux, which tells CPU time and memory in /proc; the first time it builds
AWS's runtime client, with cmake, make, g++ and python3. Leave the machine alone meanwhile.
Exit code: 0, 1 for a broken budget or any failure, 2 when called wrongly.
`;

/** Reads the command line. Throws a UsageError. */
export function parseOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: "string" },
      quick: { type: "boolean", default: false },
      beside: { type: "string" },
      check: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const { only, beside, ...flags } = values;
  if (only !== undefined && flags.write) {
    throw new UsageError("--write needs every measure: leave --only out.");
  }
  if (beside !== undefined && flags.write) {
    throw new UsageError("--write publishes this project and its peers alone: leave --beside out.");
  }
  if (beside !== undefined && !existsSync(beside)) throw new UsageError(`There is no file ${beside}.`);
  return {
    ...flags,
    measures: new Set(only === undefined ? MEASURES : only.split(",").flatMap(toMeasures)),
    ...(beside !== undefined && { beside: resolve(beside) }),
  };
}

function toMeasures(word: string): readonly Measure[] {
  const name = word.trim();
  if (name === "growth") return GROWTH;
  const measure = MEASURES.find((each) => each === name);
  if (measure === undefined) {
    throw new UsageError(`--only takes ${[...MEASURES, "growth"].join(", ")}, not "${name}".`);
  }
  return [measure];
}
