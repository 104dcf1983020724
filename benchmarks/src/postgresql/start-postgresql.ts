import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { note } from "../get-item/handlers/note.ts";

export type Postgresql = {
  readonly url: string;
  /** How many clients have connected until now. */
  connections(): number;
  /** Takes the server away, and brings it back where it was. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
};

/** PostgreSQL in this process, in memory, with a note. */
export async function startPostgresql(): Promise<Postgresql> {
  const db = await PGlite.create();
  await db.exec("create table notes (id text primary key, text text not null, reads integer not null)");
  await db.query("insert into notes values ($1, $2, $3)", [note.id, note.text, note.reads]);
  let count = 0;
  let port = 0;
  let server: PGLiteSocketServer;
  const listen = async () => {
    server = new PGLiteSocketServer({ db, port, maxConnections: 10 });
    server.addEventListener("connection", () => count++);
    server.addEventListener("listening", (event) => {
      ({ port } = (event as CustomEvent<{ port: number }>).detail); // as its documentation has it
    });
    await server.start();
  };
  await listen();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    connections: () => count,
    pause: () => server.stop(),
    resume: listen,
    async stop() {
      await server.stop();
      await db.close();
    },
  };
}
