import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { api } from "@acme/contracts";
import type { Contract } from "@lucky/gateway/contract";
import { camelCase } from "@lucky/gateway/name";
import { invoke } from "@lucky/gateway/testing";
import { Validator } from "@seriousme/openapi-schema-validator";
import openapiTS, { astToString } from "openapi-typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import event from "../event.json" with { type: "json" };
import { handler } from "./handler.ts";

const contracts: [string, Contract][] = Object.entries(api);
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
    const operations = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((path) =>
      Object.entries(path).map(([method, { operationId }]) => `${method} ${operationId}`),
    );
    const expected = contracts.map(([name, { method }]) => `${method.toLowerCase()} ${camelCase(name)}`);
    expect(operations.sort()).toEqual(expected.sort());
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

  /** What the compiler says of the examples of all contracts, each as `edit` makes it: a line for each that is wrong. */
  function compile(file: string, edit: (example: object) => unknown): readonly string[] {
    const uses = contracts.flatMap(([name, { example, replyExample }], index) => {
      const type = `operations["${camelCase(name)}"]`;
      const use = (name: string, of: string, value: unknown) =>
        isObject(value)
          ? `export const ${name}${index}: ${of}["content"]["application/json"] = ${JSON.stringify(edit(value))};\n`
          : "";
      return [
        use("request", `NonNullable<${type}["requestBody"]>`, example),
        use("reply", `${type}["responses"]["200"]`, replyExample),
      ];
    });
    writeFileSync(join(folder, file), `import type { operations } from "./types.ts";\n${uses.join("")}`);
    const options = ["--noEmit", "--strict", "--allowImportingTsExtensions", "--module", "nodenext"];
    const words = [compiler, ...options, file];
    const { stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
    return [...new Set(stdout.match(/^\S+\(\d+/gm))];
  }

  test("fit the example of each contract, and its reply's", () => {
    expect(compile("right.ts", (example) => example)).toEqual([]);
  });

  test("and refuse each of them with a field of another type", () => {
    const examples = contracts.flatMap(([, { example, replyExample }]) => [example, replyExample]);
    const wrong = compile("wrong.ts", (example) => ({
      ...example,
      [Object.keys(example)[0] ?? ""]: { of: "another type" },
    }));
    expect(wrong).toHaveLength(examples.filter(isObject).length);
  });
});

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}
