import { startDynamo } from "./dynamodb.ts";
import { call } from "./testing.ts";

// Run by a test, which ends it in the middle of its writes: it prints the number of each pair of items that DynamoDB has
// acknowledged, or the error that it got in the place of it. Its arguments are the folder, and the first number.

const [folder = "", first = "0"] = process.argv.slice(2);
const dynamo = await startDynamo({ folder });
await dynamo.createTable({
  name: "pairs",
  partition: { name: "id", type: "S" },
  indexes: { byNumber: { partition: { name: "number", type: "S" } } },
});

let next = Number(first);
await Promise.all(Array.from({ length: 8 }, writePairs));

async function writePairs(): Promise<void> {
  for (;;) {
    const number = String(next++);
    const put = (id: string) => ({
      TableName: "pairs",
      Item: { id: { S: id + number }, number: { S: number }, text: { S: "x".repeat(1000) } },
    });
    const pair = { TransactItems: [{ Put: put("left") }, { Put: put("right") }] };
    const transaction = await call(dynamo, "TransactWriteItems", pair);
    const { status, body } =
      transaction.status === 200 ? await call(dynamo, "PutItem", put("single")) : transaction;
    process.stdout.write(status === 200 ? `${number}\n` : `${status} ${JSON.stringify(body)}\n`);
    if (status !== 200) return;
  }
}
