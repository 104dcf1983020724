import { setTimeout as sleep } from "node:timers/promises";
import { run } from "@lucky/command/child-process";

/** How often something is asked before it counts as out of reach. */
const TRIES = 10;

/** What a program prints. Rejects with what it says on its standard error where it fails. */
export async function read(file: string, words: readonly string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await run(file, words);
  if (exitCode === 0) return stdout;
  throw new Error(stderr.trim() || `${file} ${words.join(" ")} failed without a word.`);
}

/**
 * Asks until there is an answer, as a network that fails for a moment is no answer. Rejects with the last error.
 * `isAnswer`: whether an error is one.
 *
 *     const stages = await persist(pipeline.pause, () => read("aws", ["s3", "ls"]));
 */
export async function persist<Answer>(
  pause: number,
  ask: () => Promise<Answer>,
  isAnswer: (error: Error) => boolean = () => false,
): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Error) || isAnswer(error) || tries === TRIES) throw error;
      console.log(`Asking again: ${error.message}`);
      await sleep(pause);
    }
  }
}
