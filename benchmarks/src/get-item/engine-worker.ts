import { connect } from "@lucky/resources/connect";
import { write } from "@lucky/resources/declare";
import { transaction } from "@lucky/resources/transaction";
import { median } from "../statistics.ts";
import type { EngineTimes } from "./engine.ts";
import { Notes, note } from "./handlers/note.ts";

// Starts the engine, uses it, and sends what it took.

const CALLS = 200;
const [folder] = process.argv.slice(2);

const started = performance.now();
const { startDynamo } = await import("@lucky/emulators/dynamodb");
const dynamo = await startDynamo(folder === undefined ? {} : { folder });
const start = performance.now() - started;
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
  AWS_ACCESS_KEY_ID: "key",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_REGION: "us-east-1",
  TABLE_NOTES: "notes-0",
});
const { notes } = connect({ uses: { notes: write(Notes) } });
const create = (nth: number) =>
  dynamo.createTable({ name: `notes-${nth}`, partition: { name: "id", type: "S" }, indexes: {} });

const times: EngineTimes = {
  start,
  "a fresh table": await timeOf(10, create),
  PutItem: await timeOf(CALLS, (nth) => notes.put({ ...note, id: String(nth) })),
  GetItem: await timeOf(CALLS, (nth) => notes.get({ id: String(nth) })),
  "TransactWriteItems of two": await timeOf(CALLS, (nth) =>
    transaction([0, 1].map((each) => notes.writes.put({ ...note, id: `${nth} ${each}` }))),
  ),
};
await dynamo.stop();
process.send?.(times);
process.disconnect();

async function timeOf(calls: number, call: (nth: number) => Promise<unknown>): Promise<number> {
  const figures: number[] = [];
  for (let nth = 0; nth < calls; nth++) {
    const began = performance.now();
    await call(nth);
    figures.push(performance.now() - began);
  }
  return median(figures);
}
