// This package is pure. What is missing here for that reason is declared as a sentence, which the compiler then shows: by itself
// it would advise to install Node's types. Were those or the browser's to leak in, each name would be declared twice, and
// the type check would fail.

type Pure = "Core is pure: what needs Node, the network or a timer comes in as a parameter.";
/** What is called shows it as the `this` that it lacks. */
type PureFunction = (this: Pure, ...given: unknown[]) => never;

declare global {
  const process: Pure;
  const console: Pure;
  const crypto: Pure;
  const performance: Pure;
  const document: Pure;
  const window: Pure;
  const Buffer: Pure;
  const require: PureFunction;
  const fetch: PureFunction;
  const setTimeout: PureFunction;
  const setInterval: PureFunction;
  const setImmediate: PureFunction;
}

export {};
