import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "./chromium.ts";

// The typed client as a browser runs it: its files as they are, but for their types, so nothing of Node.js is in them.

const SOURCES = join(import.meta.dirname, "../../toolkit/gateway/src");
const PAGE = `<!doctype html><meta charset="utf-8"><form><input name="a" value="x & ü"></form><script type="module">
  import { createClient } from "/client/client.ts";
  import { form } from "/contract/form.ts";
  import { multipart } from "/contract/multipart.ts";
  import { bytes } from "/contract/schema.ts";
  const any = { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) } };
  const base = { summary: "", reply: { 200: any, 302: null } };
  const client = createClient({
    follow: { ...base, method: "GET", path: "/redirect" },
    read: { ...base, method: "GET", path: "/html" },
    cut: { ...base, method: "GET", path: "/cut" },
    submit: { ...base, method: "POST", path: "/echo", body: form(any) },
    upload: { ...base, method: "POST", path: "/echo", body: multipart(any, { files: { photo: {} } }) },
    put: { ...base, method: "POST", path: "/echo", body: bytes("image/png") },
  }, "", { retries: 0 });
  globalThis.call = async (name, input) => {
    try {
      return { body: (await client[name](input)).body };
    } catch ({ name, message, status, excerpt }) {
      return { name, message, status, excerpt };
    }
  };
</script>`;

const listener: RequestListener = async (request, response) => {
  const { url = "" } = request;
  const send = (type: string, body: string) => response.writeHead(200, { "content-type": type }).end(body);
  if (url === "/") send("text/html", PAGE);
  else if (url.endsWith(".ts"))
    send("text/javascript", stripTypeScriptTypes(await readFile(join(SOURCES, url), "utf8")));
  else if (url === "/redirect") response.writeHead(302, { location: "/" }).end();
  else if (url === "/html") send("text/html", "<p>Log in first");
  else if (url === "/cut") {
    response.writeHead(200, { "content-type": "application/json", "content-length": 9 }).write("{");
    setImmediate(() => response.destroy());
  } else
    send("application/json", JSON.stringify([request.headers["content-type"] ?? "", await text(request)]));
};

const server = createServer(listener);
let browser: Browser;
let page: Page;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`); // listening on TCP
  await page.waitForFunction("globalThis.call");
});
afterAll(async () => {
  await browser?.close();
  server.close();
  server.closeAllConnections();
});

const call = (input: string) => page.evaluate(`call(${input})`);

test("a redirect says that a browser shows nothing of it", async () => {
  expect(await call('"follow"')).toEqual({
    name: "UnexpectedReplyError",
    message:
      "follow (GET /redirect) got a response: a redirect, which is not followed, and of which a browser shows nothing",
    status: 0,
    excerpt: "",
  });
});

test("another's page is no reply", async () => {
  expect(await call('"read"')).toMatchObject({
    name: "UnexpectedReplyError",
    status: 200,
    excerpt: "<p>Log in first",
  });
});

test("a body that breaks off is a TypeError", async () => {
  expect(await call('"cut"')).toMatchObject({ name: "TypeError" });
});

test("the form of a page is sent as a form", async () => {
  const data = 'new FormData(document.querySelector("form"))';
  expect(await call(`"submit", { body: ${data} }`)).toEqual({
    body: ["application/x-www-form-urlencoded;charset=UTF-8", "a=x+%26+%C3%BC"],
  });
  expect(await call(`"upload", { body: ${data} }`)).toEqual({
    body: [
      expect.stringMatching(/^multipart\/form-data; boundary=/),
      expect.stringMatching(/name="a"\r\n\r\nx & ü\r\n/),
    ],
  });
});

test("a File is sent as a file, and as bytes", async () => {
  const file = 'new File(["x"], "p.gif", { type: "image/gif" })';
  expect(await call(`"upload", { body: { a: "x", photo: ${file} } }`)).toEqual({
    body: [
      expect.stringMatching(/^multipart\/form-data; boundary=/),
      expect.stringMatching(/name="photo"; filename="p.gif"\r\nContent-Type: image\/gif\r\n\r\nx\r\n/),
    ],
  });
  expect(await call(`"put", { body: ${file} }`)).toEqual({ body: ["image/png", "x"] });
});
