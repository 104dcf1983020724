import { once } from "node:events";
import { createServer } from "node:net";

/** Below the ports that a system gives out by itself, such as to all those that tests at the same time ask for. */
const [FIRST, LAST] = [10_000, 30_000];

/** The first of so many ports in a row that nobody listens on, for now. */
export async function freePorts(count = 1): Promise<number> {
  const first = FIRST + Math.floor(Math.random() * (LAST - FIRST));
  for (let port = first; port < first + count; port++) if (!(await isFree(port))) return freePorts(count);
  return first;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  const isListening = await once(server, "listening").then(
    () => true,
    () => false,
  );
  if (isListening) await new Promise((resolve) => server.close(resolve));
  return isListening;
}
