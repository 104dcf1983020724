import { run } from "@lucky/command/child-process";
import { api } from "@lucky/fixture/contracts";
import { createClient } from "@lucky/gateway/client";
import { curl } from "@lucky/gateway/curl";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GatewayName } from "../gateways/index.ts";
import { type RunningServer, startServer, stopServer } from "../testing/testing.ts";

// Forms, files and compressed replies of the fixture, from real callers to real functions.

const BASES: Readonly<Record<GatewayName, string>> = { http: "", rest: "/prod", url: "", alb: "" };
const { "submit-form": submitForm, "upload-files": uploadFiles } = api;
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const { title, photo, notes } = uploadFiles.example;
const UPLOADED = {
  title,
  files: [photo, ...notes].map(({ name, type, bytes }) => ({ name, type, base64: base64(bytes) })),
};
const SUBMITTED = submitForm.example;

describe.each(Object.entries(BASES))("start --as %s", (name, base) => {
  let server: RunningServer;
  let url: string;
  beforeAll(async () => {
    server = await startServer(["--as", name]);
    url = server.url + base;
  });
  afterAll(() => stopServer(server));
  const paste = async (command: string) => {
    const { stdout, stderr, exitCode } = await run("sh", ["-c", command]);
    expect({ exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ exitCode: 0, stderr: "" });
    return JSON.parse(stdout);
  };

  test("prints curl commands that send a form and files when pasted", async () => {
    for (const contract of [submitForm, uploadFiles]) {
      const command = curl(contract, `${url}${contract.path}`);
      expect(server.welcome).toContain(command);
      expect(await paste(`${command} --silent`)).toEqual(contract === submitForm ? SUBMITTED : UPLOADED);
    }
  });

  test("answers the typed client", async () => {
    const client = createClient(api, url);
    expect(await client.submitForm({ body: submitForm.example })).toMatchObject({
      status: 200,
      body: SUBMITTED,
    });
    expect(await client.uploadFiles({ body: uploadFiles.example })).toMatchObject({
      status: 200,
      body: UPLOADED,
    });
    const data = new FormData();
    data.append("title", title);
    for (const { name, type, bytes } of [photo, ...notes])
      data.append(name === photo.name ? "photo" : "notes", new File([bytes], name, { type }));
    expect(await client.uploadFiles({ body: data })).toMatchObject({ status: 200, body: UPLOADED });
    const text = { ...photo, type: "text/plain" };
    expect(await client.uploadFiles({ body: { title, photo: text } })).toMatchObject({
      ok: false,
      problem: { type: "urn:problem:invalid-request", errors: [{ pointer: "#/photo" }] },
    });
  });

  test("takes JSON in the place of a form, and refuses the rest with what it takes", async () => {
    const send = (type: string, body: string) =>
      fetch(url + submitForm.path, { method: "POST", headers: { "content-type": type }, body });
    expect(await (await send("application/json", JSON.stringify(SUBMITTED))).json()).toEqual(SUBMITTED);
    const refused = await send("text/plain", "x");
    expect([refused.status, refused.headers.get("accept")]).toEqual([
      415,
      "application/x-www-form-urlencoded, application/json",
    ]);
    const { detail } = (await refused.json()) as { detail: string }; // as a problem has it
    const command = detail.replace("Send it like this: ", "").replace("https:", "http:");
    expect(await paste(`${command} --silent`)).toEqual(SUBMITTED);
  });

  test("compresses a reply for callers that accept it", async () => {
    const large = { ...photo, bytes: new Uint8Array(50_000) };
    const data = new FormData();
    data.append("title", title);
    data.append("photo", new Blob([large.bytes], { type: large.type }), large.name);
    const ask = (accepted: string) =>
      fetch(url + uploadFiles.path, { method: "POST", headers: { "accept-encoding": accepted }, body: data });
    const [packed, plain] = await Promise.all([ask("gzip"), ask("identity")]);
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    expect(Number(packed.headers.get("content-length"))).toBeLessThan(1_000);
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect([packed.headers.get("vary"), plain.headers.get("vary")]).toEqual([
      "accept-encoding",
      "accept-encoding",
    ]);
    const body = { title, files: [{ name: large.name, type: large.type, base64: base64(large.bytes) }] };
    expect([await packed.json(), await plain.json()]).toEqual([body, body]);
  });
});
