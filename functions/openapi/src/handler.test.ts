import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { api } from "@acme/contracts";
import { luckyNumbers } from "@acme/contracts/lucky-numbers";
import { drawLuckyNumbers } from "@acme/core/lucky-numbers";
import { lambda } from "@lucky/gateway/lambda";
import { invoke } from "@lucky/gateway/testing";
import { Validator } from "@seriousme/openapi-schema-validator";
import openapiTS, { astToString } from "openapi-typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import event from "../event.json" with { type: "json" };
import { handler } from "./handler.ts";

const fetchDocument = async (headers: Record<string, string> = { host: "api.example.com" }) =>
  invoke(handler, { body: null, headers });

describe("the OpenAPI document", () => {
  test("is valid, as an independent validator sees it", async () => {
    const { status, body } = await invoke(handler, event);
    expect(status).toBe(200);
    expect(await new Validator().validate(body)).toEqual({ valid: true });
  });

  test("has every contract", async () => {
    const { body } = await invoke(handler, event);
    const routes = Object.entries<object>(body.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual(
      Object.values(api)
        .map(({ method, path }) => `${method} ${path.replace("+}", "}")}`) // OpenAPI knows no greedy parameters
        .sort(),
    );
  });

  test("names the server that was asked, with its stage", async () => {
    expect((await fetchDocument()).body.servers).toEqual([{ url: "https://api.example.com" }]);
    expect((await invoke(handler, event)).body.servers).toEqual([{ url: "/" }]);
  });

  test("may be cached, and is not sent again to those who have it", async () => {
    const host = "api.example.com";
    const { headers } = await fetchDocument();
    expect(headers["cache-control"]).toBe("public, max-age=300");
    for (const tag of [headers.etag, `W/${headers.etag}`, `"other", ${headers.etag}`, "*"]) {
      const again = await fetchDocument({ host, "if-none-match": String(tag) });
      expect(again).toMatchObject({ status: 304, body: "", headers: { etag: headers.etag } });
    }
    expect((await fetchDocument({ host, "if-none-match": '"other"' })).status).toBe(200);
  });
});

describe("types that an independent generator makes of it", () => {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const folder = mkdtempSync(join(tmpdir(), "lucky-openapi-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(async () => {
    const { body } = await invoke(handler, event);
    writeFileSync(join(folder, "types.ts"), astToString(await openapiTS(body)));
  });

  /** What the compiler says of a call of POST /lucky_numbers with these values. */
  function compile(name: string, request: unknown, reply: unknown): string {
    const file = join(folder, `${name}.ts`);
    const type = 'paths["/lucky_numbers"]["post"]';
    const json = '["content"]["application/json"]';
    writeFileSync(
      file,
      `import type { paths } from "./types.ts";
      export const request: NonNullable<${type}["requestBody"]>${json} = ${JSON.stringify(request)};
      export const reply: ${type}["responses"]["200"]${json} = ${JSON.stringify(reply)};`,
    );
    const options = ["--noEmit", "--strict", "--allowImportingTsExtensions", "--module", "nodenext"];
    return spawnSync(process.execPath, [compiler, ...options, file], { encoding: "utf8" }).stdout;
  }

  test("fit a real request and its real reply", async () => {
    const request = { name: "SilentByte", count: 3 };
    const draw = lambda(luckyNumbers, ({ body }) => drawLuckyNumbers(body, randomInt));
    const { status, body } = await invoke(draw, { body: JSON.stringify(request) });
    expect(status).toBe(200);
    expect(compile("right", request, body)).toBe("");
  });

  test("and refuse others", () => {
    const errors = compile("wrong", { name: 7, count: 3 }, { message: "x", numbers: ["one"] });
    expect(errors).toContain("Type 'number' is not assignable to type 'string'");
    expect(errors).toContain("Type 'string' is not assignable to type 'number'");
  });
});
