import { Validator } from "@seriousme/openapi-schema-validator";
import { expect } from "vitest";
import type { Contract } from "../../contract/contract.ts";
import { type OpenApiInfo, toOpenApi } from "../openapi.ts";

const info = { title: "Test", version: "1", server: "https://api.example.com/prod" };

/** The document of contracts as callers get it, which an independent validator has found valid. */
export async function documentOf(
  contracts: Record<string, Contract>,
  more: Partial<OpenApiInfo> = {},
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
): Promise<any> {
  const document = JSON.parse(JSON.stringify(toOpenApi(contracts, { ...info, ...more })));
  expect(await new Validator().validate(document)).toEqual({ valid: true });
  const text = JSON.stringify(document);
  for (const [, name = ""] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
    expect(document.components.schemas).toHaveProperty([name]);
  expect(text).not.toMatch(/"\$ref":"#(?!\/components)/);
  expect(Object.keys(document.components.schemas).join(" ")).toMatch(/^[\w .-]*$/);
  return document;
}

/** A GET with a reply and whatever else. */
export function get(path: Contract["path"], parts: Partial<Contract> = {}): Contract {
  return { method: "GET", path, summary: "Reads it", reply: { 204: null }, ...parts };
}
