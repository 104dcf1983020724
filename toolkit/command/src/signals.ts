const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Makes this, and nothing else, what the next signal that asks the process to end does. */
export function onSignal(act: () => void): void {
  for (const signal of SIGNALS) {
    process.removeAllListeners(signal);
    process.once(signal, act);
  }
}

/** Does what a signal that asks the process to end would do, on any system. */
export function askToEnd(): void {
  process.emit("SIGTERM", "SIGTERM");
}
