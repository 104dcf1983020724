import { hostname } from "node:os";
import { UsageError } from "@lucky/command/usage-error";

/**
 * By which names a server may be asked for beside IP addresses and localhost: by that of `--host`, where it is one; where
 * other machines reach it, by this machine's; and by those of `--allow-host`. Throws a UsageError.
 */
export function allowedHosts(
  listening: string,
  given: readonly string[],
  machine: string = hostname(),
): readonly string[] {
  const wrong = given.find((name) => !/^[\w.-]+$/.test(name));
  if (wrong !== undefined) {
    throw new UsageError(`--allow-host takes a name such as lucky.example, without a port, not "${wrong}".`);
  }
  const isForThisMachine = /^(?:localhost|127(?:\.\d+){3}|::1)$/i.test(listening);
  return [listening, ...(isForThisMachine ? [] : [machine, `${machine}.local`]), ...given];
}
