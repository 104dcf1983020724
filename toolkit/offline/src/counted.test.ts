import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fixture } from "@lucky/fixture";
import { bundleBootstrap, bundleFunction } from "@lucky/local/bundle";
import { startEnvironment } from "@lucky/local/environment";
import { describe, expect, onTestFinished } from "vitest";
import { matchesPattern } from "./cloudwatch/log-pattern.ts";
import { test } from "./testing.ts";

const GATEWAY = fileURLToPath(new URL("../../gateway/src/http/lambda.ts", import.meta.url));
const EVENT = readFileSync(join(fixture, "functions/read-health/event.json"), "utf8");
const CONTRACT = join(fixture, "packages/contracts/src/read-health.ts");

/** What a function with that body answers in the local Lambda, and the lines of its log. */
async function logOf(body: string): Promise<{ status: number; lines: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), "lucky-counted-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, "handler.ts"),
    `import { lambda } from ${JSON.stringify(GATEWAY)};
     import { readHealth } from ${JSON.stringify(CONTRACT)};
     export const handler = lambda(readHealth, ${body});`,
  );
  await bundleFunction(join(folder, "handler.ts"), folder);
  const environment = await startEnvironment({
    functionName: "read-health",
    taskRoot: folder,
    runtimeClient: await bundleBootstrap(folder),
    timeoutSeconds: 1,
    memoryMegabytes: 128,
    logFormat: "json",
  });
  const { payload, logs } = await environment.invoke(EVENT);
  await environment.stop();
  return { status: JSON.parse(payload).statusCode, lines: logs.flatMap(({ text }) => text.split("\n")) };
}

describe("an error of a function is counted by the line that the gateway logs:", () => {
  test.for<[string, body: string, status: number, count: number]>([
    ["what throws", '() => { throw new Error("oh"); }', 500, 1],
    ["what hangs", "() => new Promise(() => {})", 503, 1],
    ["what breaks its contract", '() => ({ status: "unwell" }) as never', 500, 1],
    ["what goes well is not", '() => ({ status: "ok" })', 200, 0],
  ])("%s", async ([, body, status, count], { prod: { state } }) => {
    const { pattern } = state.resource("ReadHealthErrorsCount").inputs;
    const log = await logOf(body);
    expect(log.status).toBe(status);
    expect(log.lines.filter((line) => matchesPattern(String(pattern), line))).toHaveLength(count);
  });
});

describe("a refusal by API Gateway is counted by its line in the log of accesses:", () => {
  test.for<[string, status: string, integrationStatus: string, counts: boolean]>([
    ["above the throttles", "429", "-", true],
    ["a 429 of a function is not", "429", "200", false],
    ["what is not found is not", "404", "-", false],
  ])("%s", ([, status, integrationStatus, counts], { prod: { state } }) => {
    const { accessLogSettings } = state.resource("ApiStage").inputs;
    const { format } = accessLogSettings as { format: string }; // SST's
    const line = format
      .replace("$context.status", status)
      .replace("$context.integrationStatus", integrationStatus);
    expect(matchesPattern(String(state.resource("ApiThrottlesCount").inputs.pattern), line)).toBe(counts);
  });
});
