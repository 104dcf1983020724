import type { Pipeline } from "./pipeline.ts";
import { persist, read } from "./read.ts";

/** The value of a parameter of SSM; undefined where there is none. */
export async function readParameter({ pause }: Pipeline, name: string): Promise<string | undefined> {
  const words = ["--name", name, "--query", "Parameter.Value", "--output", "text"];
  return readIfThere(pause, ["ssm", "get-parameter", ...words], /ParameterNotFound/);
}

/** What the AWS command line prints; undefined where it says by that pattern that there is no such thing. */
export async function readIfThere(
  pause: number,
  words: readonly string[],
  missing: RegExp,
): Promise<string | undefined> {
  const isMissing = ({ message }: Error) => missing.test(message);
  try {
    return await persist(pause, () => read("aws", words), isMissing);
  } catch (error) {
    if (error instanceof Error && isMissing(error)) return undefined;
    throw error;
  }
}
