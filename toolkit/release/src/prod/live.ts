import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Pipeline } from "../pipeline.ts";
import { persist, read } from "../read.ts";

/** What a function's alias leads to, by the function's name on AWS. */
export type Versions = ReadonlyMap<string, string>;

/** As function-alias.ts of toolkit/deploy makes it. */
const ALIAS = "live";

/**
 * What a deploy from a checkout has published, of the functions that have an alias: none where infra/ has no aliases, as in a tag
 * from before them, whose deploy is live by itself. Throws an Error where nothing was written down.
 */
export function readDeployed(folder: string): Versions {
  const { versions = [] } = JSON.parse(readFileSync(join(folder, ".sst/outputs.json"), "utf8")) as {
    versions?: readonly string[];
  }; // of infra/outputs.ts: arn:aws:lambda:eu-central-1:123456789012:function:<name>:<version>
  const matches = versions.map((arn) => /:function:([^:]+):(\d+)$/.exec(arn));
  return new Map(matches.flatMap((match) => (match ? [[match[1] ?? "", match[2] ?? ""]] : [])));
}

/** What is live of those functions. */
export async function readLive({ pause }: Pipeline, functions: Iterable<string>): Promise<Versions> {
  const live = new Map<string, string>();
  for (const name of functions) {
    const words = [
      "--function-name",
      name,
      "--name",
      ALIAS,
      "--query",
      "FunctionVersion",
      "--output",
      "text",
    ];
    const version = await persist(pause, () => read("aws", ["lambda", "get-alias", ...words]), isAnswer);
    live.set(name, version.trim());
  }
  return live;
}

/**
 * Has each function's alias lead to its version, and `percent` of the requests to the one in `newer`. All are tried, so that one
 * that fails keeps none of the others back. Rejects with a NotMovedError.
 */
export async function moveLive(
  { pause }: Pipeline,
  versions: Versions,
  newer: Versions = new Map(),
  percent = 0,
): Promise<void> {
  let left: (readonly string[])[] = [...versions].map(([name, version]) =>
    wordsOf(name, version, newer.get(name), percent),
  );
  await persist(
    pause,
    async () => {
      const failed = new Map<readonly string[], string>();
      for (const words of left) {
        await read("aws", words).catch(({ message }: Error) => failed.set(words, message));
      }
      left = [...failed.keys()];
      if (failed.size > 0) throw new NotMovedError(failed);
    },
    isAnswer,
  );
}

function wordsOf(name: string, version: string, newer: string | undefined, percent: number): string[] {
  const weights = newer === undefined || newer === version ? {} : { [newer]: percent / 100 };
  const routing = JSON.stringify({ AdditionalVersionWeights: weights });
  const alias = ["--function-name", name, "--name", ALIAS, "--function-version", version];
  return ["lambda", "update-alias", ...alias, "--routing-config", routing];
}

/** Thrown when some aliases are not where they should be. */
export class NotMovedError extends Error {
  readonly reasons: readonly string[];
  /** What moves them, for a shell. */
  readonly commands: readonly string[];

  constructor(failed: ReadonlyMap<readonly string[], string>) {
    const reasons = [...failed.values()];
    super([...new Set(reasons)].join("\n"));
    this.reasons = reasons;
    this.commands = [...failed.keys()].map(
      (words) => `aws ${words.slice(0, -1).join(" ")} '${words.at(-1)}'`,
    );
  }
}

/** What AWS says when it is AWS that is busy or out of order. */
const PASSING =
  /Throttl|TooManyRequests|Service(?:Unavailable)?Exception|InternalFailure|RequestTimeout|ResourceConflict/;

/** Whether AWS was reached and said no: to ask again would only take time. */
function isAnswer(error: Error): boolean {
  const reasons = error instanceof NotMovedError ? error.reasons : [error.message];
  return reasons.every((reason) => {
    const [, code] = /An error occurred \((\w+)\)/.exec(reason) ?? [];
    return code !== undefined && !PASSING.test(code);
  });
}
