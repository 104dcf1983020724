import { isDeepStrictEqual } from "node:util";
import { forcesReplacement, isNamedByProgram } from "../schemas/replacement.ts";
import { MADE_UP, SIGNATURE, UNKNOWN, unseal } from "../secret.ts";
import type { Properties, Registration, Row } from "./row.ts";

/** What the engine does with a resource: nothing, make it, change it, or make another in its place. */
export type Step = {
  readonly op: "same" | "create" | "update" | "replace";
  /** What it is to be, with what is not to change as it was. */
  readonly inputs: Properties;
  /** The properties that differ. */
  readonly changed: readonly string[];
  /** Those of them that ask for another resource. */
  readonly replacing: readonly string[];
  /** Whether the old one goes first, as a name can be had only once. */
  readonly deletesFirst: boolean;
};

/** Compares a resource with what there is of it, as the engine and the provider do together. */
export function decide(wanted: Registration, old: Row | undefined): Step {
  const none = { changed: [], replacing: [], deletesFirst: false };
  if (old === undefined) return { op: "create", inputs: wanted.inputs, ...none };
  const inputs = keepIgnored(wanted, old);
  const [before, after] = [unseal(old.inputs) as Properties, unseal(inputs) as Properties]; // of records
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !isSame(before[key], after[key]),
  );
  if (changed.length === 0) return { op: "same", inputs, ...none };
  const replacing = changed.filter(
    (key) => forcesReplacement(wanted.type, key) || names(wanted.replaceOnChanges, key),
  );
  if (!wanted.custom || replacing.length === 0) return { op: "update", inputs, ...none, changed };
  const deletesFirst = wanted.deleteBeforeReplace ?? isNamedByProgram(wanted.type, before, after);
  return { op: "replace", inputs, changed, replacing, deletesFirst };
}

function keepIgnored({ inputs, ignoreChanges }: Registration, old: Row): Properties {
  if (ignoreChanges.includes("*")) return old.inputs;
  const kept = Object.keys({ ...inputs, ...old.inputs }).filter((key) => names(ignoreChanges, key));
  const others = Object.entries(inputs).filter(([key]) => !kept.includes(key));
  return Object.fromEntries([
    ...others,
    ...kept.flatMap((key) => (key in old.inputs ? [[key, old.inputs[key]] as const] : [])),
  ]);
}

/** A path within a property counts as the whole of it. */
function names(paths: readonly string[], key: string): boolean {
  return paths.some(
    (path) => path === "*" || path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`),
  );
}

/**
 * As JSON has it. A secret that cannot be read, or is made up, is taken to be the same, and so is a file with the same hash, wherever it is, and
 * SST's own bucket, whose name is of another account here.
 */
function isSame(before: unknown, after: unknown): boolean {
  if (before === UNKNOWN && after !== undefined) return true;
  if (after === MADE_UP && before !== undefined) return true;
  if (typeof before === "string" && typeof after === "string")
    return before.replaceAll(ASSET_BUCKET, "") === after.replaceAll(ASSET_BUCKET, "");
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after))
    return isDeepStrictEqual(before, after);
  if (isFile(before) && isFile(after)) return before.hash === after.hash;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].every((key) =>
    isSame(before[key], after[key]),
  );
}

const ASSET_BUCKET = /\bsst-asset-[a-z]{12}\b/g;

/** Pulumi marks an asset by an object with this member. */
function isFile(value: Record<string, unknown>): boolean {
  return value[SIGNATURE] === "c44067f5952c0a294b673a41bacd8c17" && "hash" in value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
