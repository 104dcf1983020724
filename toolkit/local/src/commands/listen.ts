import { once } from "node:events";
import type { Server } from "node:http";
import { connect } from "node:net";

/** The addresses of localhost; a browser or curl tries one, and goes to whoever listens there. */
const OTHER_LOOPBACK: Readonly<Record<string, string>> = {
  "127.0.0.1": "::1",
  "0.0.0.0": "::1",
  "::1": "127.0.0.1",
};
/** Of those that the system picks, how many may be another program's on the other address. */
const ATTEMPTS = 20;

/**
 * Listens, and gives the port, which the system picks where it is 0. Throws an error that says what to do where the port is
 * another program's, also if it is so on the other address of localhost alone: what we print would lead there.
 */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    server.listen(port, host);
    await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
      throw error.code === "EADDRINUSE" ? new Error(`Port ${port} is in use. ${CHOOSE}`) : error;
    });
    const address = server.address();
    if (typeof address !== "object" || address === null) return port;
    const other = OTHER_LOOPBACK[address.address];
    if (other === undefined || !(await isTaken(address.port, other))) return address.port;
    await new Promise((resolve) => server.close(resolve));
    if (port === 0 && attempt < ATTEMPTS) continue;
    throw new Error(
      `Port ${address.port} is in use on ${other}: http://localhost:${address.port} could lead to that program. ${CHOOSE}`,
    );
  }
}

const CHOOSE = "Choose another: pnpm start --port 0";

/** Whether somebody listens; nobody does where there is no such address. */
function isTaken(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const end = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
    socket.setTimeout(1000, () => end(false)); // something drops what is sent there, so a browser waits as well
  });
}
