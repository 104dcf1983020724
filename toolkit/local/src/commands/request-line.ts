import { styleText } from "node:util";
import { printable, printableLines, printableLog } from "@lucky/command/terminal";
import type { ApiInvocation } from "../aws/invoke-api.ts";
import type { Exchange } from "../gateways/api-server.ts";
import { billedDurationMs, type LogLine, round } from "../lambda/platform-log.ts";

/**
 * What a person sees of a request: a line for it, and below it what the function logged, in order. Colours only where
 * the stream is a terminal that wants them (`NO_COLOR`), ours and those of the function's logger; nothing else that it logs
 * acts, because a function logs what callers send.
 */
export function describeExchange(exchange: Exchange, stream: NodeJS.WriteStream): string {
  const { method, target, status, milliseconds, outcome, failure } = exchange;
  const paint = (style: Parameters<typeof styleText>[0], text: string) => styleText(style, text, { stream });
  const colour = status >= 500 ? "red" : status >= 400 ? "yellow" : "green";
  const where =
    outcome && `${outcome.report.initDurationMs === undefined ? "warm" : "cold"} #${outcome.environment}`;
  const parts = [
    method,
    printable(target),
    paint(colour, String(status)),
    `${milliseconds.toFixed(1)} ms`,
    where && paint("dim", where),
  ];
  return [
    parts.filter(Boolean).join(" "),
    ...(failure ? indent(printableLines(failure)).map((line) => paint("red", line)) : []),
    ...ownLines(outcome?.logs ?? [])
      .flatMap(describeLog)
      .flatMap((line) => indent(printableLog(line, stream))),
  ].join("\n");
}

/** An invocation by Lambda's own API, as a request is shown. */
export function toExchange({ functionName, type, ...rest }: ApiInvocation): Exchange {
  return { method: type === "Event" ? "INVOKE (async)" : "INVOKE", target: functionName, ...rest };
}

/** Each line of the text, so that none can pass for a request's. */
function indent(text: string): string[] {
  return text.split("\n").map((line) => `  ${line}`);
}

/** The same for machines, as one line of JSON. */
export function exchangeToJson({ method, target, status, milliseconds, outcome, failure }: Exchange): string {
  const line = JSON.stringify({
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
  return printable(line);
}

/** What the function wrote; the line of the request says what Lambda adds. */
function ownLines(logs: readonly LogLine[]): string[] {
  return logs.filter(({ from }) => from === "function").map(({ text }) => text);
}

/** A log line of Lambda's JSON format as a person reads it; the gateway's own line says what the request's says. */
function describeLog(line: string): string[] {
  const { level, message } = parse(line) ?? {};
  if (level === undefined) return [line];
  const whole = `${toText(level)} ${toText(message)}`;
  if (typeof message !== "object" || message === null) return [whole];
  if ("stackTrace" in message && Array.isArray(message.stackTrace)) return message.stackTrace.map(toText);
  if (!("message" in message) || message.message !== "request") return [whole];
  if (!("error" in message)) return [];
  const { error } = message;
  const hasStack = typeof error === "object" && error !== null && "stack" in error;
  return [hasStack ? toText(error.stack) : whole];
}

/** Of a value that was JSON, and may be an object whose own `toString` is no function. */
function toText(value: unknown): string {
  return typeof value === "string" ? value : String(JSON.stringify(value));
}

function parse(line: string): { level?: unknown; message?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
