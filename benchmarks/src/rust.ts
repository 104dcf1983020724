import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

const SOURCE = fileURLToPath(new URL("../rust/", import.meta.url));
const TARGET = fileURLToPath(new URL("../../node_modules/.cache/bench-rust/", import.meta.url));
/** Where Debian's librust packages are. */
const DEBIAN = "/usr/share/cargo/registry";

/** The Rust program, built in release profile where cargo is present; otherwise undefined, and a notice why. */
export async function buildRust(onNotice: (notice: string) => void): Promise<string | undefined> {
  try {
    await run("cargo", ["--version"]);
  } catch {
    onNotice("Rust is left out: there is no cargo here.");
    return undefined;
  }
  await mkdir(TARGET, { recursive: true });
  await cp(SOURCE, TARGET, { recursive: true });
  const isOnDebian = globSync(`${DEBIAN}/hyper-0.14*`).length > 0;
  const fromDebian = [
    "--offline",
    ...["--config", 'source.crates-io.replace-with="debian"'],
    ...["--config", `source.debian.directory="${DEBIAN}"`],
  ];
  try {
    await run("cargo", ["build", "--release", "--quiet", ...(isOnDebian ? fromDebian : [])], { cwd: TARGET });
  } catch (error) {
    const { stderr = "" } = error as { stderr?: string }; // of cargo, if it came so far
    const [reason = String(error)] = stderr.trim().split("\n");
    onNotice(
      `Rust is left out, as cargo could not build it: ${reason}\n` +
        "Where cargo reaches no registry, Debian's packages will do: librust-{hyper,tokio,serde,serde-derive,serde-json,rand}-dev.",
    );
    return undefined;
  }
  return join(TARGET, "target/release/lucky-numbers");
}
