import type { Use } from "@lucky/gateway/uses";
import type { RawTable, TableReader, TableWriter } from "../handles.ts";
import type { Secret } from "./secret.ts";
import type { Setting, ValueOf } from "./setting.ts";
import type { Table } from "./table.ts";

export type Resource = Table | Secret | Setting;

/** A use as contracts have it. */
export type AnyUse = Use & { readonly resource: Resource; readonly right: "read" | "write" | "allow" } & {
  /** What `allow` names. */
  readonly actions?: readonly string[];
};

type UseOf<R, Right extends string, Handle> = Use<Handle> & { readonly resource: R; readonly right: Right };

/** Lets a function read a table, a secret or a setting: `uses: { draws: read(Draws) }`. */
export function read<const T extends Table>(resource: T): UseOf<T, "read", TableReader<T>>;
export function read<const S extends Secret>(resource: S): UseOf<S, "read", () => Promise<string>>;
export function read<const S extends Setting>(resource: S): UseOf<S, "read", ValueOf<S>>;
export function read(resource: Resource): unknown {
  return { resource, right: "read" };
}

/** Lets a function read and write a table. */
export function write<const T extends Table>(resource: T): UseOf<T, "write", TableWriter<T>> {
  return { resource, right: "write" };
}

/** Lets a function do with a table what neither `read` nor `write` says, by `awsCall` or an SDK: `allow(Draws, ["dynamodb:Scan"])`. */
export function allow<const T extends Table>(
  resource: T,
  actions: readonly `dynamodb:${string}`[],
): UseOf<T, "allow", RawTable> & { readonly actions: readonly string[] } {
  return { resource, right: "allow", actions };
}
