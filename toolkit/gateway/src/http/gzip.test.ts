import { gunzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import type { Contract } from "../contract/contract.ts";
import { gzip } from "../contract/gzip.ts";
import { reply } from "../contract/reply.ts";
import { bytes, text } from "../contract/schema.ts";
import { recorded } from "../testing/recorded.ts";
import { invoke } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";

const declare = (parts: Partial<Contract> = {}): Contract => ({
  method: "GET",
  path: "/x",
  summary: "",
  reply: z.string(),
  compress: gzip,
  ...parts,
});
const LONG = "é".repeat(1_024);
const ask = (accepted: string | undefined, value: unknown = LONG, contract = declare(), method = "GET") =>
  invoke(
    lambda(contract, () => value),
    {
      httpMethod: method,
      path: "/x",
      headers: { host: "x", ...(accepted !== undefined && { "Accept-Encoding": accepted }) },
    },
  );
const gunzip = (body: unknown) => gunzipSync(Buffer.from(String(body), "base64")).toString();

describe("a reply is compressed", () => {
  test.each([
    "gzip",
    "br, GZIP",
    "x-gzip",
    "*",
    "deflate;q=0.5, *;q=0.1",
    "gzip;q=0.001",
    "gzip; q=1, identity; q=0.5",
    "identity;q=0, *",
    "gzip;q=0.5, identity;q=0.5",
  ])("for who accepts %j", async (accepted) => {
    const { result, headers } = await ask(accepted);
    expect(headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
    expect(result).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    expect(JSON.parse(gunzip(result.body))).toBe(LONG);
  });

  test.each([
    undefined,
    "",
    "br",
    "identity",
    "gzip;q=0",
    "gzip;q=0.0, *",
    "*;q=0",
    "gzip;q=0.5, identity",
    "gzip;q=x",
    "gzipped",
  ])("not for who accepts %j, and a cache knows", async (accepted) => {
    const { result, headers, body } = await ask(accepted);
    expect(result).toMatchObject({ isBase64Encoded: false });
    expect(headers).not.toHaveProperty("content-encoding");
    expect({ body, vary: headers.vary }).toEqual({ body: LONG, vary: "accept-encoding" });
  });

  test("not below a kilobyte", async () => {
    expect((await ask("gzip", "x".repeat(1_021))).result.isBase64Encoded).toBe(false);
    expect((await ask("gzip", "x".repeat(1_022))).result.isBase64Encoded).toBe(true);
  });

  test("not where its contract does not ask for it", async () => {
    const { compress: _, ...plain } = declare();
    const { result, headers } = await ask("gzip", LONG, plain);
    expect(result.isBase64Encoded).toBe(false);
    expect(headers).not.toHaveProperty("vary");
  });

  test.each([
    ["bytes", declare({ reply: bytes("image/png") }), new Uint8Array(5_000).fill(255)],
    [
      "what is compressed already",
      declare(),
      reply(200, LONG, { headers: { "content-encoding": "identity" } }),
    ],
  ])("not where it is no text: %s", async (_, contract, value) => {
    expect((await ask("gzip", value, contract)).headers["content-encoding"]).not.toBe("gzip");
  });

  test("where it is text that is no JSON", async () => {
    const { result } = await ask("gzip", LONG, declare({ reply: text() }));
    expect(gunzip(result.body)).toBe(LONG);
  });

  test.each([
    ["origin", "origin, accept-encoding"],
    ["*", "*"],
    ["Origin, Accept-Encoding", "Origin, Accept-Encoding"],
  ])("with its own headers, and varying also by what it varies by: %s", async (own, vary) => {
    const value = reply(200, LONG, { headers: { vary: own, etag: '"7"' }, cookies: ["a=1"] });
    const { headers } = await ask("gzip", value);
    expect(headers).toMatchObject({ vary, etag: '"7"', "set-cookie": "a=1", "content-encoding": "gzip" });
  });

  test("and HEAD has its headers alone", async () => {
    const { result, headers } = await ask("gzip", LONG, declare(), "HEAD");
    expect(result).toMatchObject({ body: "", isBase64Encoded: false });
    expect(headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
  });

  test("before its size is held to what the gateway takes", async () => {
    const value = "x".repeat(7_000_000);
    expect(gunzip((await ask("gzip", value)).result.body)).toHaveLength(7_000_002);
    const log = vi.spyOn(console, "error").mockReturnValue();
    expect((await ask("br", value)).status).toBe(500);
    expect(log).toHaveBeenCalledOnce();
  });

  test.each(["http", "function-url", "rest", "alb", "alb-multi-value"])(
    "in the dialect of %s",
    async (name) => {
      const { headers: single, multiValueHeaders: lists, ...event } = recorded(name);
      const contract = declare({ method: "POST", path: "/lucky_numbers" });
      const { result, headers } = await invoke(
        lambda(contract, () => LONG),
        {
          ...event,
          ...(single !== undefined && { headers: { "accept-encoding": "gzip" } }),
          ...(lists !== undefined && { multiValueHeaders: { "accept-encoding": ["gzip"] } }),
        },
      );
      expect(result).toMatchObject({ statusCode: 200, isBase64Encoded: true });
      expect(headers["content-encoding"]).toBe("gzip");
      expect(JSON.parse(gunzip(result.body))).toBe(LONG);
    },
  );
});
