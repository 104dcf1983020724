import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const room = fileURLToPath(new URL("..", import.meta.url));
const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
mkdirSync(join(room, "node_modules"), { recursive: true });
const folder = mkdtempSync(join(room, "node_modules/.purity-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SENTENCE = "Core is pure: what needs Node";
const impure: [code: string, said: string][] = [
  ["export const name = process.env.NAME;", SENTENCE],
  ['export const bytes = Buffer.from("x");', SENTENCE],
  ["console.log(1);", SENTENCE],
  ["export const id = crypto.randomUUID();", SENTENCE],
  ["export const now = performance.now();", SENTENCE],
  ["export const place = window.location;", SENTENCE],
  ["setTimeout(() => {}, 1);", SENTENCE],
  ['fetch("https://example.com");', SENTENCE],
  ['export const fs = require("node:fs");', SENTENCE],
  ['import * as os from "node:os";\nexport const cpus = os.cpus();', SENTENCE],
  ['import path from "node:path";\nexport const joined = path.join("a");', SENTENCE],
  [
    'import { readFileSync } from "node:fs";\nexport { readFileSync };',
    `Module '"node:*"' has no exported member`,
  ],
];

let said: readonly string[];
beforeAll(() => {
  for (const [index, [code]] of impure.entries()) writeFileSync(join(folder, `impure${index}.ts`), code);
  const include = ["*.ts", join(room, "src/purity.ts"), join(room, "src/node-modules.d.ts")];
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: "../../tsconfig.json", include }));
  const { stdout } = spawnSync(process.execPath, [tsc, "--project", folder], {
    cwd: folder,
    encoding: "utf8",
  });
  said = stdout.trimEnd().split(/\n(?=\S)/);
});

test.each(impure.map(([code, sentence], index) => [code, sentence, index] as const))(
  "the compiler says that this is not for core: %s",
  (_, sentence, index) => {
    const errors = said.filter((each) => each.startsWith(`impure${index}.ts`));
    expect(errors).toEqual([expect.stringContaining(sentence)]);
    expect(errors.join()).not.toContain("npm i");
  },
);

test("nothing else is wrong with it", () => {
  expect(said).toHaveLength(impure.length);
});
