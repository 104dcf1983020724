import { mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Copy, copyWorkspace } from "@lucky/scaffold/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { install, MINUTES, runPnpm } from "../generator/pnpm.ts";
import { withServer } from "../generator/server.ts";

// A checkout may lie in a folder of any name, but for what toolkit/command/src/folder-name.ts refuses.

const ODD = "a b ü[x](y){z,w};t&s!r+q@p~";

let original: Copy;
let copy: Copy;
beforeAll(async () => {
  original = copyWorkspace();
  move(original.root, join(dirname(original.root), ODD));
  await install(copy);
}, 5 * MINUTES);
afterAll(() => original?.remove(), 3 * MINUTES);

/** To a folder of that name within it, so that they are removed together. */
function move(from: string, to: string): void {
  renameSync(from, to);
  mkdirSync(from);
  const root = join(from, ODD);
  renameSync(to, root);
  copy = { ...original, root, path: (file) => join(root, file) };
}

test("it is served, with its page", () =>
  withServer(copy, ["Page: "], async (url) => {
    const page = await (await fetch(url)).text();
    const script = /src="(\/assets\/[^"]+)"/.exec(page)?.[1];
    for (const path of [script, "/reference/", "/openapi.json"])
      expect((await fetch(url + path)).status).toBe(200);
  }));

test("its functions are run and tested", async () => {
  expect(await runPnpm(copy, ["-s", "invoke", "lucky-numbers"])).toContain('"statusCode": 200');
  const tested = await runPnpm(copy, [
    "test",
    "--filter",
    "@acme/function-lucky-numbers",
    "--filter",
    "@lucky/tests",
  ]);
  expect(tested).toContain("2 successful");
});
