import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadApplication } from "@lucky/application/application";
import { fixture } from "@lucky/fixture";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startLambdaService } from "./lambda-service.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lucky-service-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("a function that cannot be bundled fails the start, and leaves nothing behind", async () => {
  const entry = join(folder, "handler.ts");
  writeFileSync(entry, "export const handler = ;");
  const [first] = (await loadApplication(fixture)).functions;
  if (first === undefined) throw new Error("there are functions");
  vi.stubEnv("TMPDIR", folder);
  const starting = startLambdaService([first, { ...first, name: "broken", entry }], { onBuild() {} });
  await expect(starting).rejects.toThrow(/handler\.ts:1:23/);
  expect(readdirSync(folder)).toEqual(["handler.ts"]);
});

test("an invocation has the id that it is given", async () => {
  const entry = join(folder, "handler.ts");
  writeFileSync(entry, "export const handler = async (event, context) => context.awsRequestId;");
  const [first] = (await loadApplication(fixture)).functions;
  if (first === undefined) throw new Error("there are functions");
  const service = await startLambdaService([{ ...first, name: "telling", entry }]);
  try {
    const ids = await Promise.all([
      service.invoke("telling", "{}", { requestId: "mine" }),
      service.invoke("telling", "{}"),
    ]);
    expect(ids).toMatchObject([
      { payload: '"mine"', report: { requestId: "mine" } },
      { payload: expect.stringMatching(/^"[\da-f-]{36}"$/) },
    ]);
  } finally {
    service.stop();
  }
});
