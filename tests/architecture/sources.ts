import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

// Every TypeScript source of the house, and what it reaches: by an import or an export (types too), or by a path; and what
// the compiler is told to read with it.

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What one file reaches. */
export type Reach = {
  /** Relative to the root, with slashes. */
  readonly file: string;
  readonly room: string;
  /** Whether only tests, and what serves them, run it; or only the compiler. */
  readonly isTest: boolean;
  /** As it is written. */
  readonly target: string;
  /** The room it is in, its own as well; undefined for a package from elsewhere. */
  readonly targetRoom: string | undefined;
  /** The file that an import leads to; undefined for a path, and for a package from elsewhere. */
  readonly targetFile: string | undefined;
};

/** A room's package.json, as much of it as matters here. */
export type Manifest = {
  readonly name?: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};

/** What the fixture deploys is run by the tests of this room alone, with what they may import. */
const DEPLOYED_FIXTURE = /^toolkit\/fixture\/(?:application|visits)\/(?:infra\/|sst\.config)/;
const ROOM = /^(?:(?:packages|functions|toolkit)\/[\w-]+|infra|tests|benchmarks)(?=\/|$)/;
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"([^"\n]+)"/g;
/** In any string: a path that leaves its folder, such as `../../toolkit/pages/src/build.ts`. */
const PATH = /["'`\s](\.\.\/[\w./-]+)/g;
const TEST = /\.test\.ts$|\.json$|\/testing\.ts$|^toolkit\/(?:gateway|resources)\/src\/testing\//;

const COPIED = /^toolkit\/scaffold\/(?:bare|fixture|product)\//;

/** The rooms that there are, such as `packages/core` or `infra`. */
export const rooms = globSync(["{packages,functions,toolkit}/*/package.json", "{infra,tests}/package.json"], {
  cwd: root,
})
  .map((file) => dirname(file).replaceAll("\\", "/"))
  .sort();

export const manifests: ReadonlyMap<string, Manifest> = new Map(
  rooms.map((room) => [room, JSON.parse(readFileSync(join(root, room, "package.json"), "utf8"))]),
);

const roomsByName = new Map([...manifests].map(([room, { name }]) => [name, room]));

/** What every source of the house reaches, but those that the generator copies. */
export const reaches: readonly Reach[] = globSync(
  [
    "sst.config.ts",
    "{packages,functions,toolkit}/*/**/{*.ts,tsconfig*.json,package.json}",
    "{infra,tests}/**/{*.ts,tsconfig*.json,package.json}",
  ],
  {
    cwd: root,
    exclude: ["**/node_modules/**", "**/dist/**", "**/.*/**"],
  },
)
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => !COPIED.test(file)) // no pattern above: Node takes brackets in the root's own path for its
  .flatMap(reachesOf);

/** What SST runs first is of the room that it imports. */
export function roomOf(file: string): string | undefined {
  return file === "sst.config.ts" ? "infra" : ROOM.exec(file)?.[0];
}

function reachesOf(file: string): readonly Reach[] {
  const isDeployed = DEPLOYED_FIXTURE.test(file);
  const room = isDeployed ? "toolkit/offline" : roomOf(file);
  if (room === undefined) return [];
  const text = withoutComments(readFileSync(join(root, file), "utf8"));
  const isTest = isDeployed || (room !== "tests" && TEST.test(file));
  const imports = [...text.matchAll(IMPORT)].map(([, target = ""]) => {
    const targetFile = resolve(file, target);
    return { file, room, isTest, target, targetFile, targetRoom: targetFile && roomOf(targetFile) };
  });
  const paths = [...text.replaceAll(IMPORT, "").matchAll(PATH)].map(([, target = ""]) => ({
    ...{ file, room, isTest, target, targetFile: undefined },
    targetRoom: roomOfPath(file, target),
  }));
  return [...imports, ...paths];
}

/** A path may be meant from its own file, or from wherever a command runs: then its end says which room it is in. */
function roomOfPath(file: string, path: string): string | undefined {
  const fromHere = normalize(join(dirname(file), path)).replaceAll("\\", "/");
  return existsSync(join(root, fromHere)) ? roomOf(fromHere) : roomOf(path.replace(/^(?:\.\.\/)+/, ""));
}

/** Neither what is said about the code, nor the sources that a generator writes: templates of more than one line. */
function withoutComments(text: string): string {
  return text
    .replaceAll(/`(?:\\.|[^`\\])*`/gs, (template) => (template.includes("\n") ? "``" : template))
    .replaceAll(/\/\*.*?\*\/|(?<=^|\s)\/\/[^\n]*/gs, "");
}

/** The file that an import leads to, in this house. */
function resolve(file: string, target: string): string | undefined {
  if (target.startsWith(".")) return normalize(join(dirname(file), target)).replaceAll("\\", "/");
  const [scope = "", name = "", ...rest] = target.split("/");
  const room = roomsByName.get(`${scope}/${name}`);
  if (room === undefined) return undefined;
  const subpath = [".", ...rest].join("/");
  const { exports = {} } = manifests.get(room) ?? {};
  const path = exports[subpath] ?? exports["./*"]?.replace("*", rest.join("/"));
  return join(room, path ?? subpath).replaceAll("\\", "/");
}

/** Whether an import leads to a file that its package does not export. */
export function isUnexported({ target, targetFile }: Reach): boolean {
  return !target.startsWith(".") && targetFile !== undefined && !existsSync(join(root, targetFile));
}
