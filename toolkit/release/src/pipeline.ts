import { readFileSync } from "node:fs";

/** What the commands of the pipeline know of where they run. */
export type Pipeline = {
  /** The application, as package.json names it. */
  readonly app: string;
  /** Such as `acme/shop`. */
  readonly repository: string;
  /** This run of the workflow, as SST notes it in a lock: `github-<run>-<attempt>`. */
  readonly run: string;
  /** Milliseconds between two looks at something that is waited for. */
  readonly pause: number;
};

/** Reads it from what GitHub sets for each job. Throws an Error that says what is missing. */
export function readPipeline(environment: NodeJS.ProcessEnv): Pipeline {
  const read = (variable: string) => {
    const value = environment[variable];
    if (value) return value;
    throw new Error(`${variable} is not set: only a workflow on GitHub runs this. By hand, use pnpm sst.`);
  };
  const { name } = JSON.parse(readFileSync("package.json", "utf8")) as { name: string }; // as npm has it
  return {
    app: name,
    repository: read("GITHUB_REPOSITORY"),
    run: `github-${read("GITHUB_RUN_ID")}-${read("GITHUB_RUN_ATTEMPT")}`,
    pause: Number(environment.PIPELINE_PAUSE_SECONDS ?? 30) * 1000,
  };
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Shows an error on the page of the run, and makes the command fail. */
export function report(error: unknown): void {
  console.log(
    `::error::${messageOf(error).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}`,
  );
  process.exitCode = 1;
}
