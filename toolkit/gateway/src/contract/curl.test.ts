import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { parameters } from "../testing/fuzz.ts";
import type { Contract } from "./contract.ts";
import { curl } from "./curl.ts";
import { exampleHeaders, findExampleMistake } from "./examples.ts";
import { bytes, text } from "./schema.ts";
import { exampleUrl } from "./url.ts";

/** Takes whatever comes, and keeps the last of it. */
let got: { method?: string; url?: string; headers: NodeJS.Dict<string | string[]>; body: Buffer };
const server = createServer(async (request, response) => {
  const { method = "", url = "", headers } = request;
  got = { method, url, headers, body: await buffer(request) };
  response.end();
});
let origin: string;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on TCP
});
afterAll(() => server.close());

const SHELLS = ["sh", "bash"];
const put = (parts: Partial<Contract>): Contract => ({
  method: "PUT",
  path: "/x",
  summary: "",
  reply: { 204: null },
  ...parts,
});

/** What arrives when the command of a contract is pasted into a shell. */
async function paste(contract: Contract, shell: string): Promise<typeof got> {
  expect(findExampleMistake({ contract })).toBeUndefined();
  const command = `${curl(contract, exampleUrl(contract, origin))} --silent --show-error`;
  await promisify(execFile)(shell, ["-c", command]);
  return got;
}

describe.each(SHELLS)("a command that is pasted into %s sends", (shell) => {
  test("every octet", async () => {
    const example = Uint8Array.from({ length: 256 }, (_, octet) => octet);
    const { body, headers } = await paste(put({ body: bytes("image/png"), example }), shell);
    expect([...body]).toEqual([...example]);
    expect(headers["content-type"]).toBe("image/png");
  });

  test.each([
    "",
    "@file",
    "-x",
    "~",
    "~/x",
    "=ls",
    "it's",
    "a\nb\n",
    "\\n",
    "$HOME `x` !!",
    "a\0b",
    "%s%n",
    "é",
  ])("the text %j", async (example) => {
    const { body, headers } = await paste(put({ body: text(), example }), shell);
    expect(body.toString()).toBe(example);
    expect(headers["content-length"]).toBe(String(Buffer.byteLength(example)));
  });

  test.each<[method: Contract["method"], body: boolean]>([
    ["GET", false],
    ["POST", true],
    ["POST", false],
    ["PUT", true],
    ["PATCH", true],
    ["DELETE", false],
    ["DELETE", true],
  ])("the method %s, with a body: %s", async (method, hasBody) => {
    const example = { name: "@it's" };
    const contract = put({ method, ...(hasBody && { body: z.object({ name: z.string() }), example }) });
    const { method: sent, body } = await paste(contract, shell);
    expect([sent, body.toString()]).toEqual([method, hasBody ? JSON.stringify(example) : ""]);
  });
});

test(`a command sends the very examples, whatever they are (seed ${parameters.seed})`, async () => {
  const any = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
  const header = fc.stringMatching(/^[!-~](?:[ -~]*[!-~])?$/);
  const cookie = fc.stringMatching(/^[!-:<-~]*$/);
  const anyText = fc.string({ unit: "binary" }).map((each) => each.toWellFormed());
  const segment = anyText.filter((each) => !["", ".", ".."].includes(each));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SHELLS),
      fc.record({ header, cookie, segment, query: fc.array(anyText), body: anyText }),
      async (shell, { header, cookie, segment, query, body: example }) => {
        const examples = {
          params: { id: segment },
          query: { q: query },
          headers: { "x-a": header },
          cookies: { c: cookie },
        };
        const contract = put({
          path: "/x/{id}",
          query: any,
          headers: any,
          cookies: any,
          body: text(),
          example,
          examples,
        });
        const { url = "", headers, body } = await paste(contract, shell);
        const { pathname, searchParams } = new URL(url, origin);
        expect(decodeURIComponent(pathname)).toBe(`/x/${segment}`);
        expect(searchParams.getAll("q")).toEqual(query);
        expect(headers).toMatchObject(exampleHeaders(contract));
        expect(headers).toMatchObject({ "x-a": header, cookie: `c=${cookie}` });
        expect(body.toString()).toBe(example);
      },
    ),
    { ...parameters, numRuns: Math.min(parameters.numRuns, 25) }, // each starts two processes
  );
});
