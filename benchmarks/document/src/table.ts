import type { Reporter, TestModule, TestSuite } from "vitest/node";
import { type TableRow, toTerminal } from "../../src/table.ts";
import { limits } from "./calls/expected.ts";

/** Prints a line for each tool and document: the tests are `document > tool > …`. */
export default class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules.flatMap((module) => [...module.children.suites()].flatMap(toRows));
    rows.sort(({ cells: [a = ""] }, { cells: [b = ""] }) => a.localeCompare(b));
    const notes = Object.entries(limits).flatMap(([tool, reasons]) =>
      Object.entries(reasons).map(([kind, reason]) => `${tool} is not asked for ${kind}: ${reason}.`),
    );
    const table = { title: "The OpenAPI document", columns: ["tool", "document", "result"], rows, notes };
    process.stdout.write(`\n${toTerminal(table, process.stdout)}`);
  }
}

function toRows(document: TestSuite): readonly TableRow[] {
  return [...document.children.suites()].map((tool) => {
    const tests = [...tool.children.allTests()];
    const missed = tests.filter((test) => test.result().state !== "passed").length; // failed, or never run
    const result = missed === 0 ? `${tests.length} passed` : `${missed} of ${tests.length} failed`;
    return { cells: [tool.name, document.name, result] };
  });
}
