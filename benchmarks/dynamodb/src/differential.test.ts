import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calls, definition, item, TABLE } from "./calls.ts";
import { ask, type Engine, startDynoxide, startOurs } from "./engines.ts";
import { askBoth, documented } from "./same.ts";

// The DynamoDB of this project beside dynoxide, whose makers hold it to what they record on AWS: the same calls of the AWS SDK
// get the same results and errors. dynoxide has one binary in the registry.
const isHere = process.platform === "linux" && process.arch === "x64";

let engines: readonly [Engine, Engine];
beforeAll(async () => {
  if (isHere) engines = await Promise.all([startOurs(), startDynoxide()]);
});
afterAll(() => Promise.all(engines?.map((engine) => engine.stop()) ?? []));

describe.runIf(isHere)("a call by hand", () => {
  beforeAll(async () => {
    await Promise.all(engines.map((engine) => ask(engine, "CreateTable", creation)));
  });

  describe.each(Object.entries(calls))("of %s", (_, those) => {
    test.each(those.map((call) => [JSON.stringify(call).slice(0, 160), call] as const))(
      "%s",
      async (_name, call) => {
        const [operation, input, difference] = call;
        await Promise.all(engines.map((engine) => ask(engine, "PutItem", { TableName: TABLE, Item: item })));
        const [ours, theirs] = await askBoth(engines, operation, input);
        if (difference === undefined) return expect(documented(ours)).toEqual(documented(theirs));
        expect(documented(ours), "they agree by now: the reason can go").not.toEqual(documented(theirs));
        expect(documented(ours)).toMatchSnapshot(difference);
      },
    );
  });
});

const schema = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: "HASH" },
  { AttributeName: sort, KeyType: "RANGE" },
];
const creation = {
  TableName: definition.name,
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [
    { AttributeName: "id", AttributeType: "S" },
    { AttributeName: "nth", AttributeType: "N" },
    { AttributeName: "mail", AttributeType: "S" },
  ],
  KeySchema: schema("id", "nth"),
  GlobalSecondaryIndexes: [
    { IndexName: "byMail", KeySchema: schema("mail", "nth"), Projection: { ProjectionType: "ALL" } },
  ],
};
