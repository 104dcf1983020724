import { appendFileSync } from "node:fs";
import { seal } from "../secret.ts";
import type { Registration, Row } from "./row.ts";
import type { Step } from "./step.ts";

/** A file that gets each step as well, a line each, for whoever wants more of it than SST shows: see steps.ts. */
const STEPS = process.env.OFFLINE_STEPS;

/** The file in which SST reads what the engine does, an event a line. */
export class EventLog {
  readonly #file: string;
  readonly #planning: boolean;

  constructor(file: string, planning: boolean) {
    this.#file = file;
    this.#planning = planning;
  }

  step(op: string, old: Row | undefined, row: Row | undefined, step?: Step): void {
    const { urn, type } = row ?? old ?? { urn: "", type: "" };
    const metadata = {
      op,
      urn,
      type,
      old: old === undefined ? null : stateOf(old),
      new: row === undefined ? null : stateOf(row),
      keys: step?.replacing ?? [],
      diffs: step?.changed ?? [],
      detailedDiff: Object.fromEntries(
        (step?.changed ?? []).map((key) => [
          key,
          { diffKind: step?.replacing.includes(key) ? "update-replace" : "update", inputDiff: true },
        ]),
      ),
      logical: true,
      provider: "",
    };
    if (STEPS) {
      const { changed = [], replacing = [] } = step ?? {};
      appendFileSync(STEPS, `${JSON.stringify({ op, urn, type, changed, replacing, old, new: row })}\n`);
    }
    this.#write({ resourcePreEvent: { metadata, planning: this.#planning } });
    this.#write({ resOutputsEvent: { metadata, planning: this.#planning } });
  }

  failed(op: string, { urn, type, provider }: Registration): void {
    const metadata = {
      op,
      urn,
      type,
      old: null,
      new: null,
      keys: [],
      diffs: [],
      detailedDiff: null,
      provider,
    };
    this.#write({ resOpFailedEvent: { metadata, status: 0, steps: 0 } });
  }

  error(urn: string, message: string): void {
    this.#write({ diagnosticEvent: { urn, message, color: "never", severity: "error" } });
  }

  summary(seconds: number, resourceChanges: object): void {
    this.#write({
      summaryEvent: { maybeCorrupt: false, durationSeconds: seconds, resourceChanges, PolicyPacks: {} },
    });
  }

  #write(event: object): void {
    const timestamp = Math.floor(Date.now() / 1000);
    appendFileSync(this.#file, `${JSON.stringify({ sequence: 0, timestamp, ...event })}\n`);
  }
}

function stateOf(row: Row): object {
  return { parent: "", id: "", ...(seal(row) as object), provider: "", initErrors: null }; // of a record
}
