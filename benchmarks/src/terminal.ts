import { besideTable } from "./beside.ts";
import { moneyTable } from "./money.ts";
import { noiseLine } from "./noise.ts";
import type { Result } from "./result.ts";
import { toTerminal } from "./table.ts";
import { growthTable, tablesOf } from "./tables.ts";
import { verdictsOf, verdictTable } from "./verdict.ts";

/** What a person sees at the end of a run. */
export function toScreen(result: Result, stream: NodeJS.WriteStream): string {
  const money = moneyTable(result.figures, result.measured);
  const beside = besideTable(result);
  const verdicts = verdictsOf(result).filter(({ status }) => status !== "unmeasured");
  const tables = [
    ...tablesOf(result),
    ...(beside === undefined ? [] : [beside]),
    ...(money === undefined ? [] : [money]),
    ...result.growth.map(growthTable),
    ...(verdicts.length === 0 ? [] : [verdictTable(verdicts)]),
  ];
  return [
    ...tables.map((table) => toTerminal(table, stream)),
    ...aboutRun(result),
    ...noiseLine(result.figures),
    "",
  ].join("\n");
}

/** The machine, how long it took, and what was left out, a line each. */
export function aboutRun({ machine, date, seconds, isQuick, rounds, notices }: Result): readonly string[] {
  const { cpu, arch, cores, memoryGb, kernel, node, runtimeClient } = machine;
  const client = runtimeClient === undefined ? "" : `, aws-lambda-ric ${runtimeClient}`;
  return [
    `Machine: ${cpu} (${arch}), ${cores} cores, ${memoryGb} GB, ${kernel}; Node.js ${node}${client}.`,
    `Run: ${date.slice(0, 10)}, ${isQuick ? "quick, " : ""}${seconds} s${toRounds(rounds)}.`,
    ...notices,
  ];
}

function toRounds(rounds: Result["rounds"]): string {
  const parts = Object.entries(rounds).map(([measure, count]) => `${measure} ${count}`);
  return parts.length === 0 ? "" : `; rounds: ${parts.join(", ")}`;
}
