import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSite, type Site } from "./site.ts";

const TEXT = "A long page is worth a compression. ".repeat(100);
const folder = mkdtempSync(join(tmpdir(), "lucky-transfer-"));
let site: Site;
beforeAll(() => {
  writeFileSync(join(folder, "index.html"), `<p>${TEXT}</p><script type="module" src="./word.ts"></script>`);
  writeFileSync(join(folder, "404.html"), `<p>Not here. ${TEXT}</p>`);
  writeFileSync(join(folder, "word.ts"), 'document.title = "short";');
  site = createSite("", folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await site.respond({ method: "GET", path, headers });
  if (response === undefined) throw new Error(`the site has no ${path}`);
  return response;
}
const tagOf = async (encoding: string) =>
  (await get("/", { "accept-encoding": encoding })).headers.etag ?? "";

describe("a large file", () => {
  test.each([
    ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
    ["gzip, deflate", "gzip", gunzipSync],
    ["BR;q=0.5, gzip;q=1", "gzip", gunzipSync],
    ["br;q=0, *", "gzip", gunzipSync],
    ["*", "br", brotliDecompressSync],
  ])("comes compressed to whoever takes %j", async (accepted, encoding, decompress) => {
    const { headers, body } = await get("/", { "accept-encoding": accepted });
    expect(headers).toMatchObject({ "content-encoding": encoding, vary: "accept-encoding" });
    expect(body.length).toBeLessThan(TEXT.length / 4);
    expect(decompress(body)).toEqual((await get("/")).body);
  });

  test.each(["", "identity", "zstd", "gzip;q=0, br;q=0", "*;q=0", "gzip;q=x", ";;,=,q=1"])(
    "comes as it is to whoever takes %j, and a cache learns that this may differ",
    async (accepted) => {
      const { headers, body } = await get("/", { "accept-encoding": accepted });
      expect(headers).not.toHaveProperty("content-encoding");
      expect(headers.vary).toBe("accept-encoding");
      expect(body.toString()).toContain(TEXT);
    },
  );

  test("is compressed once", async () => {
    const [one, other] = await Promise.all([1, 2].map(() => get("/", { "accept-encoding": "br" })));
    expect(one?.body).toBe(other?.body);
  });

  test("is compressed also as the page for what is not there", async () => {
    const headers = { accept: "text/html", "accept-encoding": "br" };
    const response = await site.respondNotFound({ method: "GET", path: "/x", headers });
    expect(response).toMatchObject({ status: 404, headers: { "content-encoding": "br" } });
  });
});

test("a small file comes as it is, for anybody", async () => {
  const [script = ""] = /\/assets\/[^"]+\.js/.exec((await get("/")).body.toString()) ?? [];
  const { headers, body } = await get(script, { "accept-encoding": "br" });
  expect(body.toString()).toContain("short");
  expect(headers).not.toHaveProperty("content-encoding");
  expect(headers).not.toHaveProperty("vary");
});

describe("whoever has a file", () => {
  test.each(["br", "gzip", ""])("is not sent it again, in the encoding %j", async (encoding) => {
    const tag = await tagOf(encoding);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
      const response = await get("/", { "accept-encoding": encoding, "if-none-match": known });
      expect(response.status, known).toBe(304);
      expect(response.body).toHaveLength(0);
      expect(response.headers).toMatchObject({
        etag: tag,
        vary: "accept-encoding",
        "cache-control": "no-cache",
      });
      expect(response.headers).not.toHaveProperty("content-encoding");
    }
  });

  test("in another encoding has not got this one", async () => {
    const tags = await Promise.all(["br", "gzip", ""].map(tagOf));
    expect(new Set(tags).size).toBe(3);
    const [brotli = ""] = tags;
    expect((await get("/", { "if-none-match": brotli })).status).toBe(200);
  });

  test("is sent what has changed", async () => {
    const tag = await tagOf("br");
    writeFileSync(
      join(folder, "index.html"),
      `<p>Another. ${TEXT}</p><script type="module" src="./word.ts"></script>`,
    );
    const response = await get("/", { "accept-encoding": "br", "if-none-match": tag });
    expect(response.status).toBe(200);
    expect(brotliDecompressSync(response.body).toString()).toContain("Another.");
  });
});
