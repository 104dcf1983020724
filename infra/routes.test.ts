import { fileURLToPath } from "node:url";
import { api } from "@lucky/api";
import type { Contract } from "@lucky/gateway/contract";
import { describe, expect, test } from "vitest";
import { routesOf } from "./routes.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const declare = (method: Contract["method"], path: Contract["path"]): Contract => ({
  method,
  path,
  summary: "",
  reply: { 204: null },
});

describe("routes", () => {
  test("are those of the contracts", () => {
    expect(routesOf(api, root)[0]).toEqual({
      name: "lucky-numbers",
      resource: "LuckyNumbers",
      key: "POST /lucky_numbers",
      summary: "Greets by name and draws lucky numbers",
      handler: "functions/lucky-numbers/src/handler.handler",
    });
  });

  test("lead to a function that is there", () => {
    expect(() => routesOf({ nobody: declare("GET", "/") }, root)).toThrow(
      "The contract nobody has no function: write functions/nobody/src/handler.ts",
    );
  });

  test.each<[Contract["path"], Contract["path"]]>([
    ["/draws", "/draws"],
    ["/draws/{id}", "/draws/{number}"],
    ["/files/{path+}", "/files/{rest+}"],
  ])("are taken once: %s and %s", (first, second) => {
    const contracts = { "lucky-numbers": declare("GET", first), openapi: declare("GET", second) };
    expect(() => routesOf(contracts, root)).toThrow(
      "The contracts lucky-numbers and openapi have the same route",
    );
  });

  test.each<[Contract["path"], Contract["path"]]>([
    ["/draws", "/draws/{id}"],
    ["/files/{path}", "/files/{path+}"],
  ])("may be beside each other: %s and %s", (first, second) => {
    const contracts = { "lucky-numbers": declare("GET", first), openapi: declare("GET", second) };
    expect(routesOf(contracts, root)).toHaveLength(2);
  });
});
