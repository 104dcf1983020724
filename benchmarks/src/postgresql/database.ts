import pg from "pg";

/** A connection for each query of one request that runs beside others: an environment has one request at a time. */
const CONNECTIONS = 2;
/** What rested longer may be gone: the environment was frozen, and the server did not wait. */
const REST_MS = 10_000;

let pool: Promise<pg.Pool> | undefined;

/** The same connections for all requests of an environment; the URL is read at the first. */
export function openDatabase(readUrl: () => Promise<string>): Promise<pg.Pool> {
  pool ??= readUrl().then(connect);
  pool.catch(() => {
    pool = undefined; // the next request tries again
  });
  return pool;
}

function connect(connectionString: string): pg.Pool {
  const connections = new pg.Pool({
    connectionString,
    max: CONNECTIONS,
    idleTimeoutMillis: REST_MS,
    connectionTimeoutMillis: 3000,
    query_timeout: 5000,
    keepAlive: true,
    allowExitOnIdle: true, // tests end
  });
  connections.on("error", () => {}); // one that broke while it rested is dropped; without this the process would end
  return connections;
}
