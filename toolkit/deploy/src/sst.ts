import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endWithAncestors } from "@lucky/command/ancestors";
import { printableLines } from "@lucky/command/terminal";

// `pnpm sst`: the sst command line with the same words, terminal and exit code. SST calls every error of `app()` in
// sst.config.ts unexpected and keeps it to itself; `app()` writes it to a file, and this shows it when sst has failed. It also
// tells its makers which commands are used, before it reads .env, so that is off unless the environment says otherwise.

const folder = mkdtempSync(join(tmpdir(), "sst-"));
const explanation = join(folder, "explanation");
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const sst = spawn("sst", process.argv.slice(2), {
  stdio: "inherit",
  env: { SST_TELEMETRY_DISABLED: "1", ...process.env, SST_EXPLANATION: explanation },
});
process.on("SIGINT", () => {}); // a terminal sends it to sst as well, which takes its time to end in order
for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => sst.kill(signal));
endWithAncestors();

try {
  const [exitCode] = await once(sst, "exit");
  process.exitCode = exitCode ?? 1;
  if (exitCode !== 0 && existsSync(explanation)) {
    console.error(`\n${printableLines(readFileSync(explanation, "utf8"))}`);
  }
} catch (error) {
  console.error(`sst cannot be started: ${String(error)}. Run pnpm install.`);
  process.exitCode = 1;
}
