import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** By its path in the workspace, what a file is to hold; undefined for one that is to go. */
export type Changes = ReadonlyMap<string, string | undefined>;

/**
 * Makes all the changes or, where one fails, none. Returns what takes them back. It is synchronous, so no signal comes
 * between; and a file is never half written, as each is written beside its place first.
 */
export function makeChanges(root: string, changes: Changes): () => void {
  const undoes: (() => void)[] = [];
  const undo = () => {
    for (const undoOne of undoes.splice(0).reverse()) undoOne();
  };
  try {
    for (const [path, content] of changes) undoes.push(...makeChange(join(root, path), content));
    return undo;
  } catch (error) {
    undo();
    throw error;
  }
}

function makeChange(file: string, content: string | undefined): readonly (() => void)[] {
  const before = existsSync(file) ? { bytes: readFileSync(file), mode: statSync(file).mode } : undefined;
  if (content === undefined) {
    rmSync(file, { force: true });
    return before ? [() => replace(file, before.bytes, before.mode)] : [];
  }
  const made = mkdirSync(dirname(file), { recursive: true });
  const removeFolder = () => {
    if (made !== undefined) rmSync(made, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    replace(file, content, before?.mode);
  } catch (error) {
    removeFolder();
    throw error;
  }
  return [
    removeFolder,
    () => (before ? replace(file, before.bytes, before.mode) : rmSync(file, { force: true })),
  ];
}

function replace(file: string, content: string | Uint8Array, mode?: number): void {
  const beside = `${file}.${process.pid}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(beside, content);
    if (mode !== undefined) chmodSync(beside, mode);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
