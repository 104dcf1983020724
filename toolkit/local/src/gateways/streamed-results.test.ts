import { expect, test } from "vitest";
import { respond } from "./gateway.ts";
import { type GatewayName, gateways } from "./index.ts";

const PRELUDE = `{"statusCode":200}${"\0".repeat(8)}`;

test.each<[GatewayName, number]>([
  ["http", 500],
  ["rest", 502],
  ["url", 502],
  ["alb", 502],
])("what a handler streams is a malformed result for %s, unless it is JSON", (name, status) => {
  for (const payload of ["", "hello", `${PRELUDE}hello`]) {
    expect(respond(gateways[name], { payload, isFunctionError: false })).toMatchObject({
      status,
      failure: "the result is no JSON: this gateway takes no streams",
    });
  }
  const payload = '{"statusCode":201,"body":"hello"}';
  expect(respond(gateways[name], { payload, isFunctionError: false })).toMatchObject({ status: 201 });
});
