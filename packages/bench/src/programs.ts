import { join } from "node:path";
import { type Bundle, bundle } from "./bundle.ts";
import type { Command } from "./execution.ts";
import { buildRust } from "./rust.ts";
import { EMPTY, type Subject, subjects } from "./subjects.ts";

/** A subject that is ready to run. */
export type Program = Pick<Subject, "name" | "kind"> & {
  readonly command: Command;
  readonly taskRoot: string;
  /** The JavaScript that Lambda loads; undefined where it is machine code. */
  readonly bundle?: Bundle;
};

export type Preparation = {
  /** Where bundles go; they stay until the run is over. */
  readonly folder: string;
  /** The main file of AWS's runtime client. */
  readonly runtimeClient: string;
  /** Another bundle (CommonJS) to measure beside the rest. */
  readonly beside?: string;
  /** Told why something is left out. */
  onNotice(notice: string): void;
};

/** Bundles every subject, and builds the Rust one where that can be done. */
export async function preparePrograms(preparation: Preparation): Promise<readonly Program[]> {
  const { folder, runtimeClient, beside, onNotice } = preparation;
  const command: Command = { file: process.execPath, args: [runtimeClient] };
  const programs: Program[] = [];
  for (const subject of subjects) {
    const { name, kind } = subject;
    const taskRoot = join(folder, name.replaceAll(/\W+/g, "-"));
    programs.push({ name, kind, command, taskRoot, bundle: await bundle(subject, taskRoot) });
  }
  if (beside !== undefined) {
    const taskRoot = join(folder, "beside");
    const made = await bundle({ entry: beside, format: "cjs" }, taskRoot);
    programs.push({ name: "beside", kind: "peer", command, taskRoot, bundle: made });
  }
  const rust = await buildRust(onNotice);
  if (rust !== undefined) {
    programs.push({
      name: "Rust, hyper",
      kind: "bound",
      command: { file: rust, args: [] },
      taskRoot: folder,
    });
  }
  return programs;
}

/** The program of that name, which is always there. */
export function findProgram(programs: readonly Program[], name = EMPTY): Program {
  const found = programs.find((program) => program.name === name);
  if (found === undefined) throw new Error(`there is no program "${name}"`);
  return found;
}
