import { run } from "@lucky/command/child-process";

/** What git prints in a folder; undefined where it fails. Rejects where there is no git on this machine. */
export async function git(
  folder: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string | undefined> {
  const { stdout, exitCode } = await run("git", words, {
    cwd: folder,
    env: { ...process.env, ...env },
  }).catch((cause) => {
    if (cause?.code === "ENOENT")
      throw new Error("There is no git on this machine, which knows the commits.");
    throw cause;
  });
  return exitCode === 0 ? stdout.trim() : undefined;
}

/** The whole name of a commit, such as a tag or a branch; undefined where there is none. */
export function findCommit(folder: string, name: string): Promise<string | undefined> {
  return git(folder, ["rev-parse", "--verify", "--quiet", `${name}^{commit}`]); // no option ends like that
}
