import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

export type Ended = { readonly stdout: string; readonly stderr: string; readonly exitCode: number | null };

/** What a process has said when it has ended, which the signal makes it do. Throws an error if that came. */
export async function endOf(child: ChildProcess, stop?: AbortSignal): Promise<Ended> {
  const kill = () => child.kill();
  stop?.addEventListener("abort", kill);
  const read = async (stream: ChildProcess["stdout"]) => (stream === null ? "" : text(stream));
  const [stdout, stderr] = await Promise.all([read(child.stdout), read(child.stderr), once(child, "close")]);
  stop?.removeEventListener("abort", kill);
  if (stop?.aborted) throw new Error("Stopped.");
  return { stdout, stderr, exitCode: child.exitCode };
}
