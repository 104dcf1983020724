import { existsSync } from "node:fs";
import { cp, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "@lucky/command/child-process";

/** A package of its own with a lockfile of its own, so that no install of the workspace builds it. */
const SOURCE = fileURLToPath(new URL("../../aws-runtime-client/", import.meta.url));
const TARGET = fileURLToPath(new URL("../../../../node_modules/.cache/aws-runtime-client/", import.meta.url));
const MAIN = "node_modules/aws-lambda-ric/index.mjs";
const BUILT = "node_modules/aws-lambda-ric/rapid-client.node";
const TOOLS = ["cmake", "make", "g++", "python3"];

/**
 * AWS's runtime client for Node.js, `aws-lambda-ric`: its main file. Builds it where it is not built yet, which needs
 * Linux and a C++ compiler, and takes about a minute. Throws an error that says what is missing.
 */
export async function buildAwsRuntimeClient(onNotice: (notice: string) => void): Promise<string> {
  const main = join(TARGET, MAIN);
  if (existsSync(join(TARGET, BUILT))) return main;
  if (process.platform !== "linux") {
    throw new Error(
      "AWS's runtime client builds on Linux only. Leave --ric out: the parity tests hold ours to it.",
    );
  }
  const missing = await findMissing(TOOLS);
  if (missing.length > 0) {
    const install = `apt-get install --yes ${missing.join(" ")}`;
    throw new Error(
      `AWS's runtime client is built with ${missing.join(", ")}, not found here. On Debian: ${install}`,
    );
  }
  onNotice("Building AWS's runtime client (aws-lambda-ric), once; that takes about a minute.");
  // Built beside its place, so that a build that was interrupted leaves nothing half done.
  const folder = `${TARGET.slice(0, -1)}-${process.pid}`;
  try {
    await mkdir(folder, { recursive: true });
    await cp(SOURCE, folder, { recursive: true });
    const built = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: folder,
      env: { ...process.env, ...headersOfNode() },
    });
    if (built.exitCode !== 0) throw new Error(built.stderr.trim() || `npm exited with ${built.exitCode}.`);
    if (!existsSync(join(folder, BUILT)))
      throw new Error("npm did not run its install script (see ignore-scripts).");
    await rm(TARGET, { recursive: true, force: true });
    await rename(folder, TARGET);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`AWS's runtime client could not be built.\n${message}`, { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return main;
}

/** Node's own headers, where the package `node` has brought them; otherwise they are downloaded. */
function headersOfNode(): NodeJS.ProcessEnv {
  const { execPath, platform, arch } = process;
  const folder = join(dirname(execPath), `../node_modules/node-${platform}-${arch}`);
  return existsSync(join(folder, "include/node/node_api.h")) ? { npm_config_nodedir: folder } : {};
}

async function findMissing(tools: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    tools.map((tool) =>
      run(tool, ["--version"]).then(
        ({ exitCode }) => exitCode === 0,
        () => false,
      ),
    ),
  );
  return tools.filter((_, index) => !found[index]);
}
