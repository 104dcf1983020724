import { type ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { endWithThisProcess } from "../cleanup.ts";
import type { Variables } from "../execution.ts";

export type TlsTable = {
  /** What functions are given to find it. */
  readonly variables: Variables;
  stop(): Promise<void>;
};

const SERVER = fileURLToPath(new URL("tls-server.ts", import.meta.url));

/**
 * A stand-in for DynamoDB in a process of its own, over TLS as AWS is, that has one item and answers at once. Throws an error
 * that says what to install where there is no openssl to make its certificate.
 */
export async function startTlsTable(folder: string): Promise<TlsTable> {
  const [key, certificate] = [join(folder, "table.key"), join(folder, "table.pem")];
  await makeCertificate(key, certificate);
  const child = fork(SERVER, [key, certificate], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  endWithThisProcess(child);
  const [port] = (await once(child, "message")) as [number]; // what it sends when it listens
  return {
    variables: {
      AWS_ENDPOINT_URL_DYNAMODB: `https://localhost:${port}`,
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "token",
      NODE_EXTRA_CA_CERTS: certificate,
      TABLE_NOTES: "notes",
    },
    stop: () => end(child),
  };
}

async function makeCertificate(key: string, certificate: string): Promise<void> {
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost`;
  const names = ["-addext", "subjectAltName=DNS:localhost"];
  await promisify(execFile)("openssl", [
    ...words.split(" "),
    ...names,
    "-keyout",
    key,
    "-out",
    certificate,
  ]).catch((cause) => {
    throw new Error("The measure `table` needs openssl: install it, or leave table out of --only.", {
      cause,
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill();
  await ended;
}
