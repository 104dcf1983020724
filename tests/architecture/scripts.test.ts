import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "@lucky/command/child-process";
import { pnpm } from "@lucky/command/pnpm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "./sources.ts";

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
}; // as npm has it
const WORD = "the script is reached";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lucky-scripts-"));
  writeFileSync(join(folder, "pnpm-workspace.yaml"), "packages: []\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What `pnpm <name>` prints in a package with a script of that name. */
async function print(name: string): Promise<string> {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: { [name]: `echo ${WORD}` } }));
  const command = pnpm([name]);
  const { stdout } = await run(command.file, command.words, { cwd: folder });
  return stdout;
}

describe("pnpm", () => {
  test.each(Object.keys(scripts))("runs our script when called as pnpm %s", async (name) => {
    expect(await print(name)).toMatch(new RegExp(`^${WORD}$`, "m"));
  });

  test.each(["token", "upgrade"])("would not run one called %s, which it has itself", async (name) => {
    expect(await print(name)).not.toMatch(new RegExp(`^${WORD}$`, "m"));
  });
});
