/**
 * How to start pnpm: the one that runs this script, so that no other need be installed, or whichever is on the PATH.
 *
 *     const { file, words } = pnpm(["install", "--offline"]);
 *     spawn(file, words);
 */
export function pnpm(
  words: readonly string[],
  { npm_execpath: command = "pnpm" }: NodeJS.ProcessEnv = process.env,
): { readonly file: string; readonly words: readonly string[] } {
  if (/\bnp[mx]-cli\.js$/.test(command)) return { file: "pnpm", words }; // npm's own, when npm runs the script
  const isScript = /\.[cm]?js$/.test(command);
  return isScript ? { file: process.execPath, words: [command, ...words] } : { file: command, words };
}
