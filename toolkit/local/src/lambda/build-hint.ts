import type { Message } from "esbuild";

/** What to do, by what esbuild says. */
const HINTS: readonly (readonly [says: RegExp, hint: string])[] = [
  [
    /^"import\.meta" is not available/,
    'A function is a CommonJS module. Files of "copyFiles" are in the folder process.env.LAMBDA_TASK_ROOT.',
  ],
  [
    /^Top-level await/,
    "Keep the promise in a constant, and await it in the handler: a function is a CommonJS module.",
  ],
  [
    /^No loader is configured for "\.node"/,
    'Native code cannot be bundled: add its package to "install" of "lambda" in the package.json of the function.',
  ],
  [
    /^No loader is configured for/,
    'Say in "loader" of "lambda" in the package.json of the function what it is, such as "text" or "binary".',
  ],
];

/** A message of esbuild, with what to do about it here where it has other advice, or none. */
export function withHint(message: Message): Message {
  const [, text] = HINTS.find(([says]) => says.test(message.text)) ?? [];
  return text === undefined ? message : { ...message, notes: [{ text, location: null }] };
}
