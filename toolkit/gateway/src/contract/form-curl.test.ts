import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { lambda } from "../http/lambda.ts";
import { invoke } from "../testing/testing.ts";
import type { Contract } from "./contract.ts";
import { curl } from "./curl.ts";
import { form } from "./form.ts";
import { multipart } from "./multipart.ts";
import type { Schema } from "./schema.ts";

// What the printed command sends when a shell runs it, read by the gateway itself.

let server: Server;
let url: string;
let contract: Contract;
beforeAll(async () => {
  server = createServer((request, response) => {
    answer(request)
      .then((reply) => response.end(JSON.stringify(reply.body)))
      .catch(() => response.destroy()); // curl would wait for ever
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`; // listening on TCP
});
afterAll(() => server.close());

async function answer(request: IncomingMessage) {
  const body = (await buffer(request)).toString("base64");
  const show = (_: string, each: unknown) => (each instanceof Uint8Array ? [...each] : each);
  const handler = lambda(contract, (call) => JSON.parse(JSON.stringify(call.body, show)));
  return invoke(handler, { body, isBase64Encoded: true, headers: request.headers });
}

async function paste(
  body: Schema,
  example: unknown,
): Promise<{ readonly command: string; readonly sent: unknown }> {
  contract = { method: "POST", path: "/x", summary: "", body, example, reply: z.unknown() };
  const command = curl(contract, url);
  const { stdout } = await promisify(execFile)("sh", ["-c", `${command} --silent --show-error`]);
  return { command, sent: JSON.parse(stdout) };
}

const ODD = [
  "",
  "@a",
  "<a",
  "a;type=b",
  "a=b&c+d%20 e",
  'it\'s "q" $HOME `x` \\ \\n!',
  "Zoë 🍀",
  "a\r\nb\tc",
  "-d",
  '"quoted"',
  "a\0b",
  "a\x07\x1bb",
];

describe("a form by curl", () => {
  const anything = form(z.record(z.string(), z.unknown()));
  test.each(ODD)("sends %j", async (odd) => {
    const example = { a: odd, list: [odd, "2"], [`n${odd}`]: "x" };
    expect((await paste(anything, example)).sent).toEqual(example);
  });

  test("sends nothing where nothing is in it", async () => {
    expect((await paste(anything, { a: undefined })).sent).toEqual({});
  });
});

describe("a form with files by curl", () => {
  const file = (name: string, content: string | Uint8Array, type = "text/plain") => ({
    name,
    type,
    bytes: typeof content === "string" ? new TextEncoder().encode(content) : content,
  });
  const anything = multipart(z.record(z.string(), z.unknown()), {
    files: { f: { optional: true, atMost: 9 } },
  });
  const all = Uint8Array.from({ length: 256 }, (_, index) => index);
  const seen = (example: object) =>
    JSON.parse(JSON.stringify(example, (_, each) => (each instanceof Uint8Array ? [...each] : each)));

  test.each(ODD)("sends %j as a field, and in a file", async (odd) => {
    const example = { a: odd, list: [odd, "2"], [`n${odd.replaceAll("\0", "")}`]: "x", f: [file("a", odd)] };
    expect((await paste(anything, example)).sent).toEqual(seen(example));
  });

  test.each(ODD.filter((odd) => odd !== "" && !odd.includes("\0")))("sends a file called %j", async (odd) => {
    const example = { f: [file(odd, "x"), file(odd, "y", "a/b+c.d")] };
    expect((await paste(anything, example)).sent).toEqual(seen(example));
  });

  test("sends one file of any bytes beside others, by words", async () => {
    const example = { f: [file("a.bin", all, "image/png"), file("b", "text")] };
    const { command, sent } = await paste(anything, example);
    expect(sent).toEqual(seen(example));
    expect(command).toContain(` -F 'f=@-;filename="a.bin";type=image/png'`);
  });

  test("sends several files of any bytes, whatever would end a part", async () => {
    const end = "\r\n--boundary--";
    const octets = Uint8Array.of(0, ...new TextEncoder().encode(end));
    for (const example of [
      { a: end, f: [file("a", all), file("b", all)] },
      { f: [file("a", octets), file("b", octets), file('c"', new Uint8Array())] },
    ])
      expect((await paste(anything, example)).sent).toEqual(seen(example));
  });

  test("sends nothing where nothing is in it", async () => {
    expect((await paste(anything, { a: undefined })).sent).toEqual({});
  });
});
