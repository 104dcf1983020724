import { spawn } from "node:child_process";
import { bundleWarden } from "./bundle.ts";
import { holdFolder } from "./stale-folders.ts";

/** What ends the processes of this one, and removes its folder, where this one cannot, because it has been killed. */
export type Warden = {
  /** From now on that process ends with this one, with all that it has started. */
  watch(pid: number): void;
  /** It has ended. */
  forget(pid: number): void;
  /** There is nothing left to do. */
  end(): void;
};

/**
 * A process of its own, since a function that loops cannot notice that its parent has gone, and AWS's runtime client does not
 * look. It knows by the end of a pipe, which no signal and no system keeps from it.
 */
export async function startWarden(folder: string): Promise<Warden> {
  const main = await bundleWarden(folder);
  const held = await holdFolder(folder);
  const child = spawn(process.execPath, [main, folder], {
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
    detached: true, // a Ctrl-C, and the end of a terminal, are for this process
    windowsHide: true,
  });
  child.once("error", () => {}); // then it is missing when this process is killed, and only then
  child.unref();
  const { stdin: pipe } = child;
  pipe.on("error", () => {});
  return {
    watch: (pid) => pipe.write(`+${pid}\n`),
    forget: (pid) => pipe.write(`-${pid}\n`),
    end() {
      pipe.end();
      held.release();
    },
  };
}
