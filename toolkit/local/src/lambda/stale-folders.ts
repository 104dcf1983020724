import { execFile } from "node:child_process";
import { once } from "node:events";
import { lstat, readdir, readFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { BUNDLE_FOLDER, removeBundleFolder } from "./bundle-folder.ts";

const runProgram = promisify(execFile);

/**
 * Shows that a folder is in use, for as long as this process lives, however it ends: by a socket in it that this process
 * listens on. Unlike the id of a process, nobody else can have it later, and containers that share the folder see it. Where
 * the path is too long for a socket, or the file system has none, the folder is never taken for a stale one.
 */
export async function holdFolder(folder: string): Promise<{ release(): void }> {
  const server = createServer((socket) => socket.destroy()).unref();
  const socket = socketOf(folder);
  const canHold = socket.length < 100;
  if (canHold) await once(server.listen(socket), "listening").catch(() => {});
  return { release: () => server.close() };
}

/** Removes the folders that a process of this user has left there, and ends what still runs in them. */
export async function sweepStaleFolders(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => BUNDLE_FOLDER.test(name));
  for (const folder of names.map((name) => join(parent, name))) {
    if (!(await isStale(folder))) continue;
    for (const pid of await processesIn(folder)) process.kill(pid, "SIGKILL");
    removeBundleFolder(folder);
  }
}

async function isStale(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  const isOwn = found?.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
  if (!isOwn) return false;
  const socket = connect(socketOf(folder));
  const error = await once(socket, "connect").then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code,
  );
  socket.destroy();
  return error === "ECONNREFUSED" || (process.platform === "win32" && error === "ENOENT");
}

/** On Windows sockets of this kind are no files. */
function socketOf(folder: string): string {
  return process.platform === "win32" ? `\\\\.\\pipe\\${basename(folder)}` : join(folder, ".held");
}

/** The processes that name it: in a variable on Linux, else as their main file. Windows ends them with their parent. */
export async function processesIn(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<readonly number[]> {
  if (platform === "win32") return [];
  if (platform === "linux") {
    const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
    const isIn = (pid: number) =>
      readFile(`/proc/${pid}/environ`, "utf8").then(
        (variables) => variables.includes(`LAMBDA_TASK_ROOT=${folder}/`),
        () => false,
      );
    const found = await Promise.all(pids.map(isIn));
    return pids.filter((_, index) => found[index]);
  }
  const { stdout } = await runProgram("/bin/ps", ["-A", "-ww", "-o", "pid=,command="]);
  const lines = stdout.split("\n").filter((line) => line.includes(`${folder}/bootstrap.cjs`));
  return lines.map((line) => Number.parseInt(line, 10));
}
