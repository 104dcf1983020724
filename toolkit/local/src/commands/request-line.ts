import { styleText } from "node:util";
import type { Exchange } from "../gateways/api-server.ts";
import { billedDurationMs, type LogLine, round } from "../lambda/platform-log.ts";

/**
 * What a person sees of a request: a line for it, and below it what the function logged, in order. Colours only
 * where the stream is a terminal that wants them (`NO_COLOR`).
 */
export function describeExchange(exchange: Exchange, stream: NodeJS.WriteStream): string {
  const { method, target, status, milliseconds, outcome, failure } = exchange;
  const paint = (style: Parameters<typeof styleText>[0], text: string) => styleText(style, text, { stream });
  const colour = status >= 500 ? "red" : status >= 400 ? "yellow" : "green";
  const where =
    outcome && `${outcome.report.initDurationMs === undefined ? "warm" : "cold"} #${outcome.environment}`;
  const parts = [
    method,
    target,
    paint(colour, String(status)),
    `${milliseconds.toFixed(1)} ms`,
    where && paint("dim", where),
  ];
  const lines = ownLines(outcome?.logs ?? [])
    .flatMap(describeLog)
    .map((line) => `  ${line}`);
  return [parts.filter(Boolean).join(" "), ...(failure ? [paint("red", `  ${failure}`)] : []), ...lines].join(
    "\n",
  );
}

/** The same for machines, as one line of JSON. */
export function exchangeToJson({ method, target, status, milliseconds, outcome, failure }: Exchange): string {
  return JSON.stringify({
    method,
    target,
    status,
    durationMs: round(milliseconds),
    ...(outcome && {
      requestId: outcome.report.requestId,
      environment: outcome.environment,
      cold: outcome.report.initDurationMs !== undefined,
      billedDurationMs: billedDurationMs(outcome.report),
      maxMemoryUsedMb: outcome.report.maxMemoryUsedMb,
      logs: ownLines(outcome.logs).map((line) => parse(line) ?? line),
    }),
    failure,
  });
}

/** What the function wrote; the line of the request says what Lambda adds. */
function ownLines(logs: readonly LogLine[]): string[] {
  return logs.filter(({ from }) => from === "function").map(({ text }) => text);
}

/** A log line of Lambda's JSON format as a person reads it; the gateway's own line says what the request's says. */
function describeLog(line: string): string[] {
  const { level, message } = parse(line) ?? {};
  if (level === undefined) return line.split("\n");
  if (typeof message !== "object" || message === null) return [`${level} ${message}`];
  if ("stackTrace" in message && Array.isArray(message.stackTrace)) return message.stackTrace.map(String);
  if (!("message" in message) || message.message !== "request")
    return [`${level} ${JSON.stringify(message)}`];
  if (!("error" in message)) return [];
  const { error } = message;
  const hasStack = typeof error === "object" && error !== null && "stack" in error;
  return hasStack ? String(error.stack).split("\n") : [`${level} ${JSON.stringify(message)}`];
}

function parse(line: string): { level?: unknown; message?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
