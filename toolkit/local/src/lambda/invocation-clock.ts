export type ClockOptions = {
  /** How long the init may take; undefined where there is none, or a debugger. */
  readonly initTimeoutMs: number | undefined;
  readonly timeoutMs: number;
  onInitTimeout(): void;
  onTimeout(): void;
};

/** The time of one invocation: that of the init first, and from `begin` on the function's own. */
export type InvocationClock = {
  /** The function's own time begins, unless it has. */
  begin(): void;
  /** When it began, as `performance.now()` has it. */
  began(): number | undefined;
  /** In milliseconds: all of it before it has begun. */
  timeLeft(): number;
  stop(): void;
};

export function startClock({
  initTimeoutMs,
  timeoutMs,
  onInitTimeout,
  onTimeout,
}: ClockOptions): InvocationClock {
  let began: number | undefined;
  let timer =
    initTimeoutMs === undefined ? setTimeout(onTimeout, timeoutMs) : setTimeout(onInitTimeout, initTimeoutMs);
  return {
    begin() {
      if (began !== undefined) return;
      clearTimeout(timer);
      began = performance.now();
      timer = setTimeout(onTimeout, timeoutMs);
    },
    began: () => began,
    timeLeft: () => Math.round(began === undefined ? timeoutMs : timeoutMs - (performance.now() - began)),
    stop: () => clearTimeout(timer),
  };
}
