import { loadApplication } from "@lucky/application/application";
import { run } from "@lucky/command/child-process";
import { replySchema } from "@lucky/gateway/contract";
import { curl } from "@lucky/gateway/curl";
import { parameterNames } from "@lucky/gateway/route";
import { exampleUrl } from "@lucky/gateway/url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTarget, type Target } from "./target.ts";

// What callers of any application may rely on, over HTTP: of the API at API_URL, or of the one on this machine.

const application = await loadApplication();
const { cors, functions } = application;
/** What may be called at any time, on production too. */
const harmless = functions.filter(
  ({ contract: { method, path, idempotent, params, query, headers, cookies } }) =>
    (idempotent ?? method === "GET") &&
    parameterNames(path).length === 0 &&
    [params, query, headers, cookies].every((schema) => schema === undefined),
);

const hasCurl = await run("curl", ["--version"]).then(
  () => true,
  () => false,
);

let target: Target;
beforeAll(async () => {
  target = await startTarget(application);
});
afterAll(() => target?.stop());

describe("the API", () => {
  test.each(harmless)("answers a call of $name as its contract promises", async ({ contract }) => {
    const { method, path, body, example } = contract;
    const response = await fetch(target.url + path, {
      method,
      ...(body && {
        ...(!body.media?.encode && { headers: { "content-type": body.media?.type ?? "application/json" } }),
        body: body.media
          ? (body.media.encode?.(example) ?? (example as string)) // as its schema says
          : JSON.stringify(example),
      }),
    });
    // Without what a function uses, such as a database, it may fail on this machine; but never without the gateway's words.
    const isOwnFault = response.headers.get("content-type") === "application/problem+json";
    if (isOwnFault && response.status >= 500 && !process.env.API_URL) return;
    expect(response.status).toBeLessThan(400);
    const schema = replySchema(contract, response.status);
    expect(schema).toBeDefined();
    if (!schema || schema.media) return;
    expect(await schema["~standard"].validate(await response.json())).not.toHaveProperty("issues");
  });

  test.runIf(hasCurl).each(process.env.API_URL ? harmless : functions)(
    "takes the command that is printed for $name, pasted into a shell",
    async ({ contract }) => {
      const command = curl(contract, exampleUrl(contract, target.url));
      const { stdout } = await run("sh", ["-c", `${command} --silent --write-out '\n%{http_code}'`]);
      const [, body = "", status = ""] = /^(.*)\n(\d+)$/s.exec(stdout) ?? [];
      if (status === "500" && body.includes("urn:problem:internal-error") && !process.env.API_URL) return; // as above
      // There may be no such thing as in the example, but nothing may be wrong with the request.
      const own = Object.entries(contract.problems ?? {}).map(
        ([kind, { type }]) => type ?? `urn:problem:${kind}`,
      );
      const isOwn = own.some((type) => body.includes(JSON.stringify(type)));
      expect(isOwn || replySchema(contract, Number(status)) !== undefined, stdout).toBe(true);
    },
  );

  test("has no other routes", async () => {
    const response = await fetch(`${target.url}/nowhere`);
    expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
    expect(response.headers.has("apigw-requestid")).toBe(true);
  });

  test.runIf(functions.some(({ name }) => name === "openapi"))("describes each contract", async () => {
    const document = (await (await fetch(`${target.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, object>;
    }; // as OpenAPI has it
    expect(document.openapi).toBe("3.1.0");
    const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
    expect(operations).toHaveLength(functions.length);
  });

  test.runIf(cors?.allowOrigins.includes("*"))("may be called from a web page", async () => {
    for (const { contract } of functions) {
      const headers = { origin: "https://example.com", "access-control-request-method": contract.method };
      const preflight = await fetch(target.url + contract.path, { method: "OPTIONS", headers });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
      expect(preflight.headers.get("access-control-allow-methods")).toContain(contract.method);
    }
  });
});
