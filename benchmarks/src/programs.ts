import { join } from "node:path";
import { type Bundle, bundle } from "./bundle.ts";
import type { Command } from "./execution.ts";
import { BESIDE, RUST, type Subject, subjects } from "./subjects.ts";

/** A subject that is ready to run. */
export type Program = Pick<Subject, "name" | "kind" | "library"> & {
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
  /** Another handler (bundled as CommonJS) to measure beside the rest. */
  readonly beside?: string | undefined;
  /** The Rust program, where it could be built. */
  readonly rust?: string | undefined;
};

/** Bundles every subject. */
export async function preparePrograms(preparation: Preparation): Promise<readonly Program[]> {
  const { folder, runtimeClient, beside, rust } = preparation;
  const command = nodeUnder(runtimeClient);
  const programs: Program[] = [];
  for (const subject of [...subjects, ...besideSubject(beside)]) {
    const { name, kind, library } = subject;
    const taskRoot = join(folder, name.replaceAll(/\W+/g, "-"));
    programs.push({ name, kind, library, command, taskRoot, bundle: await bundle(subject, taskRoot) });
  }
  if (rust !== undefined) {
    const program = { file: rust, args: [] };
    programs.push({ name: RUST, kind: "bound", library: RUST, command: program, taskRoot: folder });
  }
  return programs;
}

export function nodeUnder(runtimeClient: string): Command {
  return { file: process.execPath, args: [runtimeClient] };
}

function besideSubject(entry: string | undefined): readonly Subject[] {
  if (entry === undefined) return [];
  return [{ name: BESIDE, kind: "beside", library: BESIDE, entry, format: "cjs" }];
}

/** The program of that name, which is always there. */
export function findProgram<P extends Pick<Program, "name">>(programs: readonly P[], name: string): P {
  const found = programs.find((program) => program.name === name);
  if (found === undefined) throw new Error(`there is no program "${name}"`);
  return found;
}
