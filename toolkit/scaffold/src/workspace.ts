import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Contract } from "@lucky/gateway/contract";

/** The workspace that this package is part of. */
export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What a new function must get along with. */
export type Workspace = {
  /** As AWS knows it. */
  readonly app: string;
  readonly api: Readonly<Record<string, Contract>>;
  /** The source of packages/contracts/src/index.ts. */
  readonly index: string;
  /** What that file imports and declares. */
  readonly declared: readonly string[];
  /** How infra/ calls its own resources. */
  readonly resources: readonly string[];
};

/** Read once, for Node does not load a contract again. */
export async function readWorkspace(): Promise<Workspace> {
  const index = read("packages/contracts/src/index.ts");
  const infra = globSync("infra/*.ts", { cwd: root }).filter((file) => !file.endsWith(".test.ts"));
  return {
    app: JSON.parse(read("package.json")).name,
    api: (await import("@acme/contracts")).api,
    index,
    declared: [
      ...[...index.matchAll(/^import (?:type )?\{([^}]*)\}/gm)].flatMap(
        ([, names = ""]) => names.match(/\w+/g) ?? [],
      ),
      ...[...index.matchAll(/^(?:export )?(?:const|let|function|class|type) (\w+)/gm)].map(
        ([, name = ""]) => name,
      ),
    ],
    resources: infra.flatMap((file) =>
      [...read(file).matchAll(/\b(?:new [\w.]+|alarm)\(\s*"(\w+)"/g)].map(([, name = ""]) => name),
    ),
  };
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}
