import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fixture } from "../../../toolkit/fixture/fixture.ts";
import { startServer, stopServer } from "../../../toolkit/local/src/testing/testing.ts";

/** Those whose document is checked: one with a contract of each kind, and the product. */
export const applications = {
  fixture,
  product: fileURLToPath(new URL("../../..", import.meta.url)),
};
export type ApplicationName = keyof typeof applications;

export const names = Object.keys(applications) as ApplicationName[]; // it has no others

/** What is made here: documents and clients. */
const GENERATED = fileURLToPath(new URL("../node_modules/.generated", import.meta.url));

/** An application on this machine, and its document, as it is served, in a file. */
export type Served = {
  readonly url: string;
  /** A folder for what is made of the document. */
  readonly folder: string;
  readonly file: string;
  stop(): Promise<void>;
};

/** Serves an application and keeps its document. */
export async function serve(name: ApplicationName): Promise<Served> {
  const server = await startServer([], { cwd: applications[name] });
  const folder = join(GENERATED, name);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "openapi.json");
  const response = await fetch(`${server.url}/openapi.json`);
  writeFileSync(file, await response.text());
  return { url: server.url, folder, file, stop: () => stopServer(server) };
}
