import { mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Copy, copyWorkspace } from "@lucky/scaffold/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { install, MINUTES, runPnpm } from "../generator/pnpm.ts";
import { withServer } from "../generator/server.ts";

// What the README's first lines promise: Node with its npm is all, so the PATH has these, the shell that npm itself needs, and
// pnpm, which npx puts there.

const PROGRAMS = ["node", "npm", "npx", "sh", "env", "pnpm"];

let copy: Copy;
let folder: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  copy = copyWorkspace();
  await install(copy);
  folder = mkdtempSync(join(tmpdir(), "lucky-path-"));
  for (const program of PROGRAMS) symlinkSync(find(program), join(folder, program));
  environment = { PATH: folder };
}, 5 * MINUTES);
afterAll(() => {
  copy?.remove();
  if (folder) rmSync(folder, { recursive: true });
}, 3 * MINUTES);

function find(program: string): string {
  for (const place of (process.env.PATH ?? "").split(delimiter)) {
    try {
      return realpathSync(join(place, program));
    } catch {}
  }
  throw new Error(`there is no ${program}`);
}

test("pnpm start serves the API and its page", () =>
  withServer(
    copy,
    ["Page: "],
    async (url) => {
      for (const path of ["/", "/reference/", "/openapi.json"])
        expect((await fetch(url + path)).status).toBe(200);
    },
    environment,
  ));

test("a function is run, made and run again", async () => {
  expect(await runPnpm(copy, ["-s", "invoke", "openapi"], environment)).toContain('"statusCode": 200');
  await runPnpm(copy, ["new", "by-test"], environment);
  expect(await runPnpm(copy, ["-s", "invoke", "by-test"], environment)).toContain('"statusCode": 200');
});

test("what needs git says so in a sentence", async () => {
  for (const words of [["changes"], ["rename", "by-test"], ["new", "--remove", "by-test"]]) {
    await expect(runPnpm(copy, words, environment)).rejects.toThrow("There is no git on this machine");
  }
});

test(
  "pnpm check and pnpm test pass",
  async () => {
    await runPnpm(copy, ["check"], environment);
    await runPnpm(copy, ["test"], environment);
  },
  15 * MINUTES,
);
