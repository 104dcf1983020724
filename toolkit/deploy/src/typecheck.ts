import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run } from "@lucky/command/child-process";

// Checks the program of the current folder's tsconfig.sst.json against SST's own types, which any sst command lays out in
// .sst/platform. Those are sources, not written for a compiler as strict as ours: errors in them are left out.

const platform = fileURLToPath(new URL("../../../.sst/platform/config.d.ts", import.meta.url));
if (existsSync(platform)) await check();
else console.log("Not checked: there is no .sst/platform. `pnpm test` brings it, as any sst command does.");

async function check(): Promise<void> {
  const { stdout, stderr, exitCode } = await run("tsc", ["-p", "tsconfig.sst.json", "--pretty", "false"]);
  const errors = stdout
    .split(/\n(?! )/)
    .filter((error) => error !== "" && !/^(?:\.\.\/)+\.sst\//.test(error));
  for (const error of errors) console.error(error);
  const hasFailed = exitCode !== 0 && stdout === "";
  if (hasFailed) console.error(stderr);
  process.exitCode = errors.length > 0 || hasFailed ? 1 : 0;
}
