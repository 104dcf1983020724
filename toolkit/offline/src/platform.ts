import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "@lucky/command/child-process";
import { WORKSPACE } from "./workspace.ts";

// Lays SST's platform out in .sst, as any sst command does the first time: half a minute and 320 MB from the npm
// registry. It stays for the next run, and for the type check. Neither AWS nor the Pulumi engine is needed for it.

const isThere = ["provider-lock.json", "platform/config.d.ts"].every((file) =>
  existsSync(join(WORKSPACE, ".sst", file)),
);
if (!isThere) await layOut();

async function layOut(): Promise<void> {
  console.log("Laying out SST's platform, once; that takes about half a minute.");
  const home = mkdtempSync(join(tmpdir(), "lucky-sst-"));
  const { exitCode, stdout, stderr } = await run(
    join(WORKSPACE, "node_modules/.bin/sst"),
    ["install", "--stage", "offline"],
    {
      cwd: WORKSPACE,
      stop: AbortSignal.timeout(10 * 60 * 1000),
      env: {
        ...process.env,
        AWS_REGION: "eu-central-1", // which sst.config.ts asks for, and nothing here uses
        XDG_CONFIG_HOME: home,
        SST_TELEMETRY_DISABLED: "1",
        SST_NO_BUN: "1",
        SST_SKIP_DEPENDENCY_CHECK: "1",
      },
    },
  ).finally(() => rmSync(home, { recursive: true, force: true }));
  if (exitCode === 0) return;
  console.error(`SST's platform could not be laid out:\n${stdout}${stderr}`);
  process.exitCode = 1;
}
