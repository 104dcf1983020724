import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// Lays SST's platform out in .sst, as any sst command does the first time: half a minute and 320 MB from the npm
// registry. It stays for the next run, and for the type check. Neither AWS nor the Pulumi engine is needed for it.

const root = fileURLToPath(new URL("../../..", import.meta.url));
const isThere = ["provider-lock.json", "platform/config.d.ts"].every((file) =>
  existsSync(join(root, ".sst", file)),
);

if (!isThere) {
  console.log("Laying out SST's platform, once; that takes about half a minute.");
  const home = mkdtempSync(join(tmpdir(), "lucky-sst-"));
  const { status, stdout, stderr } = spawnSync(
    join(root, "node_modules/.bin/sst"),
    ["install", "--stage", "offline"],
    {
      cwd: root,
      encoding: "utf8",
      timeout: 10 * 60 * 1000,
      env: {
        ...process.env,
        XDG_CONFIG_HOME: home,
        SST_TELEMETRY_DISABLED: "1",
        SST_NO_BUN: "1",
        SST_SKIP_DEPENDENCY_CHECK: "1",
      },
    },
  );
  rmSync(home, { recursive: true, force: true });
  if (status !== 0) {
    console.error(`SST's platform could not be laid out:\n${stdout}${stderr}`);
    process.exitCode = 1;
  }
}
