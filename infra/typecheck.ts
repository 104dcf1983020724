import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Types of sst.config.ts and of what it imports, held to SST's own, which any sst command lays out in .sst/platform.
// Those are sources, and not written for a compiler as strict as ours: what it says of them is left out.

const platform = fileURLToPath(new URL("../.sst/platform/config.d.ts", import.meta.url));
if (!existsSync(platform)) {
  console.log(
    "sst.config.ts is not checked: there is no .sst/platform. `pnpm test` brings it, as any sst command does.",
  );
  process.exit(0);
}
execFile(
  "tsc",
  ["-p", "tsconfig.sst.json", "--pretty", "false"],
  { maxBuffer: 1e9 },
  (error, stdout, stderr) => {
    const ours = stdout
      .split(/\n(?! )/)
      .filter((mistake) => mistake !== "" && !mistake.startsWith("../.sst/"));
    for (const mistake of ours) console.error(mistake);
    if (error && stdout === "") console.error(stderr || error.message);
    process.exitCode = ours.length > 0 || (error && stdout === "") ? 1 : 0;
  },
);
