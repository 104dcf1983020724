import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endProcess, untilPrinted } from "../../../toolkit/command/src/child-process.ts";
import { type Contract, repliesOf } from "../../../toolkit/gateway/src/contract/contract.ts";
import { exampleBody, exampleHeaders } from "../../../toolkit/gateway/src/contract/examples.ts";
import { exampleUrl } from "../../../toolkit/gateway/src/contract/url.ts";
import { type ApplicationName, applications, names, type Served, serve } from "./applications.ts";
import { ROOT, toolFile } from "./tool.ts";

type Proxy = { readonly url: string; readonly process: ChildProcess };

/** Prism between a caller and an application, which answers for it where a document is broken by either. */
async function startProxy(file: string, upstream: string): Promise<Proxy> {
  const port = await freePort();
  const words = ["proxy", file, upstream, "--errors", "--host", "127.0.0.1", "--port", String(port)];
  const process = spawn(toolFile("prism"), words, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  await untilPrinted(process, ["Prism is listening"]);
  process.stdout?.resume();
  return { url: `http://127.0.0.1:${port}`, process };
}

/** One that nobody listens on; Prism takes none by itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** A call with the contract's own examples. */
async function callExample(contract: Contract, baseUrl: string) {
  const { body = null, type } = await exampleBody(withoutListsOfParts(contract));
  const headers = { ...exampleHeaders(contract), ...(type && { "content-type": type }) };
  const response = await fetch(exampleUrl(contract, baseUrl), {
    method: contract.method,
    headers,
    body: body as string | Uint8Array<ArrayBuffer> | null, // no bytes are shared here
    redirect: "manual",
  });
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

/** Of parts with one name Prism keeps the last: https://github.com/stoplightio/prism/pull/2654 */
function withoutListsOfParts(contract: Contract): Contract {
  if (contract.body?.media?.type !== "multipart/form-data") return contract;
  const fields = Object.entries(contract.example ?? {}).filter(([, value]) => !Array.isArray(value));
  return { ...contract, example: Object.fromEntries(fields) };
}

/** Documents that do not say what the application replies. */
const wrongDocuments = {
  "other statuses": (document: string) => document.replaceAll(/"(2\d\d|3\d\d)":\{/g, '"299":{'),
  "other schemas": (document: string) =>
    JSON.stringify(JSON.parse(document), (key, value) =>
      /^2\d\d$/.test(key) && value.content ? spoilContent(value) : value,
    ),
};

function spoilContent({ content, ...reply }: { readonly content: object }) {
  const never = { schema: { type: "integer", minimum: 1e9 } };
  return { ...reply, content: Object.fromEntries(Object.keys(content).map((type) => [type, never])) };
}

describe.each(names)("%s", (name) => {
  describe("prism", () => between(name));
});

/** A caller and an application. */
async function between(name: ApplicationName): Promise<void> {
  const { api } = await import(
    pathToFileURL(join(applications[name], "packages/contracts/src/index.ts")).href
  );
  const all: readonly (readonly [name: string, contract: Contract])[] = Object.entries(api);
  // It follows redirects itself: https://github.com/stoplightio/prism/issues/1977
  const contracts = all.filter(
    ([, contract]) => !Object.keys(repliesOf(contract)).every((status) => status.startsWith("3")),
  );
  let served: Served;
  let proxy: Proxy;
  beforeAll(async () => {
    served = await serve(name);
    proxy = await startProxy(served.file, served.url);
  });
  afterAll(async () => {
    await endProcess(proxy.process);
    await served.stop();
  });

  test.each(contracts)("finds nothing wrong with %s", async (_, contract) => {
    const { status, type } = await callExample(contract, served.url);
    const through = await callExample(contract, proxy.url);
    expect(through, through.text).toMatchObject({ status, type });
    expect(through.text).not.toContain("stoplight.io/prism");
  });

  test.each(Object.entries(wrongDocuments))(
    "finds replies wrong where the document says %s",
    async (kind, spoil) => {
      const file = join(served.folder, "wrong-replies.json");
      writeFileSync(file, spoil(readFileSync(served.file, "utf8")));
      const wrong = await startProxy(file, served.url);
      try {
        for (const [name, contract] of contracts) {
          const { text } = await callExample(contract, served.url);
          if (kind === "other schemas" && text === "") continue; // it has none
          expect((await callExample(contract, wrong.url)).text, name).toContain("stoplight.io/prism");
        }
      } finally {
        await endProcess(wrong.process);
      }
    },
  );
}
