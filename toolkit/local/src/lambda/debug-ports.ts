import { once } from "node:events";
import { createServer } from "node:net";
import { DEBUG_HOST } from "./environment-process.ts";

/** Throws an error that says which port, where a debugger could not attach to that many functions from a port onwards. */
export async function checkDebugPorts(first: number, count: number): Promise<void> {
  for (let port = first; port < first + count; port++) {
    const server = createServer().listen(port, DEBUG_HOST);
    await once(server, "listening").catch(({ code, message }: NodeJS.ErrnoException) => {
      const reason = code === "EADDRINUSE" ? "is in use" : `cannot be used (${message})`;
      const all = count === 1 ? "it" : `${first} to ${first + count - 1}, a port for each function,`;
      throw new Error(`Port ${port} ${reason}, and --inspect needs ${all} for debuggers. Choose another.`);
    });
    await new Promise((resolve) => server.close(resolve));
  }
}
