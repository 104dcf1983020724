import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { database, type Store } from "./dynalite.ts";
import { withSubDatabases } from "./store.ts";
import { writeInOrder } from "./write-in-order.ts";

/** Where tables are kept, and what to do with what is there. */
export type Kept = {
  readonly folder?: string;
  /** Whether what is kept is deleted first. */
  readonly isFresh: boolean;
  /** What happens while another process holds the folder. */
  readonly ifHeld: "fail" | "memory" | "join";
};

/** A store, and the folder that it is kept in: none in memory. */
export type Opened = { readonly store: Store; readonly folder?: string };

/** Opens the tables of a folder, which this process then holds alone, or tables in memory. */
export async function open({ folder, isFresh, ifHeld }: Kept): Promise<Opened> {
  if (folder === undefined) return { store: await openStore() };
  try {
    mkdirSync(folder, { recursive: true });
    const opened = await openFolder(folder, isFresh);
    writeFileSync(holderOf(folder), String(process.pid));
    return { store: opened, folder };
  } catch (cause) {
    if (codeOf(cause) === "LEVEL_LOCKED" && ifHeld === "memory") return { store: await openStore() };
    throw new Error(describe(cause, folder), { cause });
  }
}

async function openFolder(folder: string, isFresh: boolean): Promise<Store> {
  const path = join(folder, "tables");
  if (!isFresh) return openStore(path);
  await openStore(path).then(
    ({ db }) => db.close(), // nobody else holds it
    (error) => {
      if (codeOf(error) === "LEVEL_LOCKED") throw error;
    },
  );
  rmSync(path, { recursive: true, force: true });
  return openStore(path);
}

async function openStore(path?: string): Promise<Store> {
  const store = database.create({ createTableMs: 0, ...(path !== undefined && { path }) });
  await store.db.open();
  writeInOrder(store.db);
  return withSubDatabases(store);
}

function describe(cause: unknown, folder: string): string {
  switch (codeOf(cause)) {
    case "LEVEL_LOCKED":
      return `Process ${readHolder(folder)} holds the tables in ${folder}: end it, or name another folder.`;
    case "LEVEL_CORRUPTION":
      return `The tables in ${folder} are damaged: delete that folder to start afresh. What is wrong: ${reasonOf(cause)}`;
    default:
      return `The tables in ${folder} cannot be opened: make sure that it is a folder that you may write to, and that its disk has room. What is wrong: ${reasonOf(cause)}`;
  }
}

/** Whether a folder could not be opened because another process holds it. */
export function isHeld(error: unknown): boolean {
  return codeOf(error) === "LEVEL_LOCKED";
}

/** LevelDB's own code is in the cause of the error of opening. */
function codeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  return codeOf(error.cause) ?? ("code" in error ? error.code : undefined);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}

function readHolder(folder: string): string {
  try {
    return readFileSync(holderOf(folder), "utf8");
  } catch {
    return "(of an unknown number)";
  }
}

function holderOf(folder: string): string {
  return join(folder, "holder");
}
