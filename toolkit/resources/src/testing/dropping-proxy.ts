import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export type DroppingProxy = {
  readonly url: string;
  /** Of the next call of that action the answer is lost, after it was done. */
  dropNext(action: string): void;
  close(): Promise<void>;
};

/** Passes calls on to an engine, and loses answers on their way back. */
export async function startDroppingProxy(to: string): Promise<DroppingProxy> {
  let dropped: string | undefined;
  const server = createServer((incoming, outgoing) => {
    const isDropped = String(incoming.headers["x-amz-target"]).endsWith(`.${dropped}`);
    if (isDropped) dropped = undefined;
    const { headers, method, url = "/" } = incoming;
    const passed = request(
      new URL(url, to),
      { method, headers: { ...headers, host: new URL(to).host } },
      (answer) => {
        if (isDropped) {
          answer.resume().on("end", () => outgoing.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens
  return {
    url: `http://127.0.0.1:${port}`,
    dropNext(action) {
      dropped = action;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
