import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { describeExchange, exchangeToJson } from "./request-line.ts";

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 500) };
/** Pieces of what acts on a terminal, and whatever else there is. */
const piece = fc.oneof(
  fc.constantFrom(
    "\u001b[",
    "\u009b",
    "\u001b]8;;",
    "\u0007",
    "m",
    "8",
    "31",
    ";",
    "\u001b[31m",
    "\u001b[7m",
    "\r",
  ),
  fc.constantFrom(
    "\n",
    "\u2028",
    "\u0085",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u{e0041}",
    "\nGET /forged 200 1.0 ms",
  ),
  fc.string({ unit: "binary" }),
);
const text = fc.array(piece).map((pieces) => pieces.join(""));
const log = fc.oneof(
  text,
  fc.record({ level: text, message: fc.oneof(text, fc.json(), fc.record({ message: text })) }),
  fc.record({ level: text, message: fc.record({ errorType: text, stackTrace: fc.array(text) }) }),
  fc.record({
    level: text,
    message: fc.record({ message: fc.constant("request"), error: fc.record({ stack: text }) }),
  }),
);
const exchange = fc
  .record({ target: text, failure: text, logs: fc.array(log) })
  .map(({ target, failure, logs }) => ({
    method: "GET",
    target,
    status: 200,
    milliseconds: 1,
    failure,
    outcome: {
      payload: "{}",
      isFunctionError: false,
      environment: 1,
      report: { requestId: "id", durationMs: 1, memorySizeMb: 128, status: "success" as const },
      logs: logs.map((line) => ({
        from: "function" as const,
        text: typeof line === "string" ? line : JSON.stringify(line),
      })),
    },
  }));
/** Colours that hide nothing, as many as there are. */
const COLOURS = /\[(?:(?:[0-49]|2[2-9]|3[1-69]|9[0-6])(?:;(?!m)|(?=m)))*m/g;
const ACTS = /(?![\n\t])\p{Cc}|\p{Bidi_Control}|[\u2028\u2029\u200b]|[\u{e0000}-\u{e007f}]/u;

beforeEach(() => {
  vi.stubEnv("TERM", "xterm-256color");
  for (const name of ["NO_COLOR", "NODE_DISABLE_COLORS", "FORCE_COLOR"]) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

/** Of a process whose stderr is a terminal or not. */
function stream(isTTY: boolean): NodeJS.WriteStream {
  const made = { isTTY, getColorDepth: () => 8 };
  return Object.assign(Object.create(process.stderr) as NodeJS.WriteStream, made); // which is one
}

test("whatever is asked for and logged, each line below the request's begins with two spaces and nothing acts", () => {
  const ESC = String.fromCharCode(27);
  fc.assert(
    fc.property(exchange, fc.boolean(), (given, isTTY) => {
      const shown = describeExchange(given, stream(isTTY));
      if (!isTTY) expect(shown).not.toContain(ESC);
      const lines = shown.split("\n");
      for (const [index, line] of lines.entries()) {
        const [first = "", ...others] = line.split(ESC);
        const plain = first + others.map((part) => part.replace(/^\[[\d;]*m/, "")).join("");
        expect(plain).not.toMatch(ACTS);
        if (index > 0) expect(plain).toMatch(/^ {2}/);
        for (const part of others)
          expect(`${part.split("m")[0]}m`).toMatch(new RegExp(`^${COLOURS.source}$`));
        if (others.length > 0) expect(line).toMatch(/\[(?:0|39|22)m$/);
      }
    }),
    runs,
  );
});

test("whatever is asked for and logged, machines get one line of JSON in which nothing acts", () => {
  fc.assert(
    fc.property(exchange, (given) => {
      const line = exchangeToJson(given);
      expect(line).not.toMatch(/\n|\t/);
      expect(line).not.toMatch(ACTS);
      expect(JSON.parse(line)).toMatchObject({ target: given.target, failure: given.failure });
    }),
    runs,
  );
});
