/** What Lambda reports of an invocation. */
export type Report = {
  readonly requestId: string;
  /** From handing over the event to the result. */
  readonly durationMs: number;
  /** From starting the process to its first question for an event; only of a cold start. */
  readonly initDurationMs?: number;
  readonly memorySizeMb: number;
  /** Undefined where the system does not tell (it does on Linux). */
  readonly maxMemoryUsedMb?: number;
  readonly status: "success" | "error" | "timeout";
};

/** As Lambda bills: whole milliseconds, and the init of a cold start with them. */
export function billedDurationMs({ durationMs, initDurationMs = 0 }: Report): number {
  return Math.ceil(durationMs + initDurationMs);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report */
export function toJsonLine(report: Report, now = new Date()): string {
  const { requestId, durationMs, initDurationMs, memorySizeMb, maxMemoryUsedMb, status } = report;
  const metrics = {
    durationMs: round(durationMs),
    billedDurationMs: billedDurationMs(report),
    memorySizeMB: memorySizeMb,
    ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMB: maxMemoryUsedMb }),
    ...(initDurationMs !== undefined && { initDurationMs: round(initDurationMs) }),
  };
  return JSON.stringify({
    time: now.toISOString(),
    type: "platform.report",
    record: { requestId, metrics, status },
  });
}

/** To the microsecond. */
export function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
