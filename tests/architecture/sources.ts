import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

// Every TypeScript source of the house, and what it reaches: by an import or an export (types too), or by a path.

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What one file reaches. */
export type Reach = {
  /** Relative to the root, with slashes. */
  readonly file: string;
  readonly room: string;
  /** Whether only tests, and what serves them, run it. */
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

const ROOM = /^(?:(?:packages|functions|toolkit)\/[\w-]+|infra|tests|benchmarks)(?=\/|$)/;
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"([^"\n]+)"/g;
/** In any string: a path that leaves its folder, such as `../../toolkit/pages/src/build.ts`. */
const PATH = /["'`\s](\.\.\/[\w./-]+)/g;
const TEST = /\.test\.ts$|\/testing\.ts$|^tests\/|^toolkit\/gateway\/src\/testing\//;

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

/** What every source of the house reaches. The fixture is an application of its own, and no part of it. */
export const reaches: readonly Reach[] = globSync(
  ["{packages,functions,toolkit}/*/**/*.ts", "{infra,tests}/**/*.ts"],
  {
    cwd: root,
    exclude: [
      "**/node_modules/**",
      "**/dist/**",
      "**/.*/**",
      "toolkit/fixture/application/**",
      "toolkit/scaffold/{bare,fixture}/**",
    ],
  },
)
  .map((file) => file.replaceAll("\\", "/"))
  .flatMap(reachesOf);

export function roomOf(file: string): string | undefined {
  return ROOM.exec(file)?.[0];
}

function reachesOf(file: string): readonly Reach[] {
  const room = roomOf(file);
  if (room === undefined) return [];
  const text = withoutComments(readFileSync(join(root, file), "utf8"));
  const isTest = TEST.test(file);
  const imports = [...text.matchAll(IMPORT)].map(([, target = ""]) => {
    const targetFile = resolve(file, target);
    return { file, room, isTest, target, targetFile, targetRoom: targetFile && roomOf(targetFile) };
  });
  const paths = [...text.replaceAll(IMPORT, "").matchAll(PATH)].map(([, target = ""]) => ({
    ...{ file, room, isTest, target, targetFile: undefined },
    targetRoom:
      /(?<=^(?:\.\.\/)+).*/.exec(target)?.[0].match(ROOM)?.[0] ??
      roomOf(normalize(join(dirname(file), target))),
  }));
  return [...imports, ...paths];
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
