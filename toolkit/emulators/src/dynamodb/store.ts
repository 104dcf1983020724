import { Readable } from "node:stream";
import {
  type Callback,
  createLock,
  type Level,
  type Lock,
  type Range,
  type Store,
  type SubDatabase,
  type Write,
} from "./dynalite.ts";

// dynalite's own sub-databases read the whole database to list tables or to delete one, and write an item and its index entries
// one after the other: a process that is killed in between leaves an index that lies. These read their own range, and a
// recording store writes all that one request changes at once. The keys are dynalite's: it can read the folder.

/** dynalite's store with these sub-databases in the place of its own. */
export function withSubDatabases(store: Omit<Store, "forget">): Store {
  const opened = new Map<string, SubDatabase>();
  const open = (name: string) => {
    const known = opened.get(name) ?? createSubDatabase(store.db, `${name}~`);
    opened.set(name, known);
    return known;
  };
  return {
    options: store.options,
    db: store.db,
    getTable: store.getTable,
    tableDb: Object.assign(open("table"), { awsAccountId: "000000000000", awsRegion: "us-east-1" }),
    getItemDb: (table) => open(`item-${table}`),
    getIndexDb: (kind, table, index) => open(indexName(kind, table, index)),
    getTagDb: (table) => open(`tag-${table}`),
    forget(table) {
      const own = rangesOf(table).map(({ gte }) => gte);
      for (const name of opened.keys())
        if (own.some((prefix) => `${name}~`.startsWith(prefix))) opened.delete(name);
    },
  };
}

/** What there is of a table, but for its description. */
export function rangesOf(table: string): readonly Range[] {
  return [`item-${table}~`, `tag-${table}~`, `index-global~${table}~`, `index-local~${table}~`].map(rangeOf);
}

/** All keys with a prefix. */
export function rangeOf(prefix: string): Range {
  return { gte: prefix, lt: `${prefix}\xff` };
}

export function indexRange(table: string, index: string): Range {
  return rangeOf(`${indexName("global", table, index)}~`);
}

/** How a recording store locks an item, and what it does with the writes of one item and its index entries. */
export type Recording = { readonly lock?: Lock; flush(writes: readonly Write[], callback: Callback): void };

/** A store whose item writes, with the index entries that go before them, are handed on together. */
export function recordingStore(store: Store, { lock, flush }: Recording): Store {
  // Nothing comes between: dynalite writes an item's index entries and then the item in one turn of the event loop.
  const writes: Write[] = [];
  const record = (write: Write, callback: Callback) => {
    writes.push(write);
    callback(null);
  };
  const finish = (write: Write, callback: Callback) => flush([...writes.splice(0), write], callback);
  const recording = (name: string, inner: SubDatabase, on: typeof record): SubDatabase => ({
    ...inner,
    lock: lock ?? inner.lock,
    put: (key, value, callback) => on({ type: "put", key: `${name}~${key}`, value }, callback),
    del: (key, callback) => on({ type: "del", key: `${name}~${key}` }, callback),
  });
  return {
    ...store,
    getItemDb: (table) => recording(`item-${table}`, store.getItemDb(table), finish),
    getIndexDb: (kind, table, index) =>
      recording(indexName(kind, table, index), store.getIndexDb(kind, table, index), record),
  };
}

/** A store that writes an item and its index entries at once. */
export function atomicStore(store: Store): Store {
  return recordingStore(store, { flush: (writes, callback) => store.db.batch(writes, callback) });
}

function indexName(kind: string, table: string, index: string): string {
  return `index-${kind.toLowerCase()}~${table}~${index}`;
}

function createSubDatabase(db: Level, prefix: string): SubDatabase {
  const write = ({ key, ...rest }: Write) => ({ ...rest, key: prefix + key }) as Write; // the same kind of write
  const all = rangeOf(prefix);
  return {
    lock: createLock(),
    get: (key, callback) => db.get(prefix + key, callback),
    put: (key, value, callback) => db.batch([write({ type: "put", key, value })], callback),
    del: (key, callback) => db.batch([write({ type: "del", key })], callback),
    batch: (writes, callback) => db.batch(writes.map(write), callback),
    createKeyStream: () => Readable.from(withoutPrefix(db.keys(all), prefix)),
    createValueStream(options = {}) {
      const bounds = ["gt", "gte", "lt", "lte"].filter((bound) => options[bound]);
      const own = bounds.map((bound) => [bound, prefix + options[bound]]);
      const from = bounds.some((bound) => bound.startsWith("g")) ? {} : { gte: all.gte };
      const to = bounds.some((bound) => bound.startsWith("l")) ? {} : { lt: all.lt };
      return db.createValueStream({ ...options, ...from, ...to, ...Object.fromEntries(own) });
    },
  };
}

async function* withoutPrefix(keys: AsyncIterable<string>, prefix: string): AsyncIterable<string> {
  for await (const key of keys) yield key.slice(prefix.length);
}
