import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { seal } from "../secret.ts";
import type { Row } from "./row.ts";

type Checkpoint = { readonly latest?: { readonly resources?: readonly Row[] } };

export const VERSION = "v3.215.0"; // the engine that SST 4.17.1 downloads

/** A state in the place of the last deploy's, as `sst state export` prints it. */
const STATE = process.env.OFFLINE_STATE;

/** Has a program find such a state where it looks for that of the last deploy. SST itself could not decrypt it there. */
export function layOutState(stack: string): void {
  if (!STATE) return;
  const folder = mkdtempSync(join(tmpdir(), "lucky-state-"));
  process.on("exit", () => rmSync(folder, { recursive: true }));
  process.env.PULUMI_BACKEND_URL = `file://${folder}`;
  writeCheckpoint(stack, readCheckpoint(stack));
}

/** What the last deploy left. `stack` is `organization/project/stage`. */
export function readCheckpoint(stack: string): readonly Row[] {
  const file = STATE || fileOf(stack);
  if (!existsSync(file)) return [];
  const saved = JSON.parse(readFileSync(file, "utf8")) as { checkpoint?: Checkpoint } & Checkpoint; // one or the other
  const rows = (saved.checkpoint ?? saved).latest?.resources ?? [];
  return rows.map((row) => ({ ...row, inputs: row.inputs ?? {}, outputs: row.outputs ?? {} })); // SST leaves out empty ones
}

export function writeCheckpoint(stack: string, resources: readonly Row[]): void {
  const file = fileOf(stack);
  const manifest = { time: new Date().toISOString(), magic: "", version: VERSION };
  mkdirSync(dirname(file), { recursive: true });
  const checkpoint = { stack, latest: { manifest, resources } };
  writeFileSync(file, JSON.stringify(seal({ version: 3, checkpoint })));
}

/** Where SST puts it before, and looks for it after. */
function fileOf(stack: string): string {
  const [, project = "", stage = ""] = stack.split("/");
  const backend = (process.env.PULUMI_BACKEND_URL ?? "").replace(/^file:\/\//, "");
  return join(backend, ".pulumi/stacks", project, `${stage}.json`);
}
