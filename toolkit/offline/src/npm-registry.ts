import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "@lucky/command/child-process";

/** A package.json with a name and a version. */
export type Manifest = { readonly name: string; readonly version: string; readonly [field: string]: unknown };

export type NpmRegistry = { readonly url: string; close(): Promise<void> };

/** A registry that has these packages, each with nothing but an index.js that exports its version; the last is the latest. */
export async function serveNpmRegistry(manifests: readonly Manifest[]): Promise<NpmRegistry> {
  const tarballs = new Map<string, Buffer>();
  for (const manifest of manifests) tarballs.set(fileOf(manifest), await pack(manifest));
  const server = createServer((request, response) => {
    const path = (request.url ?? "").slice(1);
    const versions = manifests.filter(({ name }) => name === path);
    const tarball = tarballs.get(path);
    if (tarball) response.end(tarball);
    else if (versions.length > 0) response.end(JSON.stringify(describe(versions, url)));
    else response.writeHead(404).end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const fileOf = ({ name, version }: Manifest) => `${name}-${version}.tgz`;

function describe(versions: readonly Manifest[], url: string): object {
  return {
    name: versions[0]?.name,
    "dist-tags": { latest: versions.at(-1)?.version },
    versions: Object.fromEntries(
      versions.map((each) => [each.version, { ...each, dist: { tarball: `${url}/${fileOf(each)}` } }]),
    ),
  };
}

async function pack(manifest: Manifest): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "lucky-package-"));
  try {
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
    writeFileSync(join(folder, "index.js"), `module.exports = ${JSON.stringify(manifest.version)};`);
    await run("npm", ["pack", "--ignore-scripts"], { cwd: folder });
    return readFileSync(join(folder, fileOf(manifest)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
