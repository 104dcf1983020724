import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { ApplicationError } from "./application-error.ts";
import { type FunctionPackage, isRecord } from "./function-package.ts";

/** What a function brings along besides its code. SST has these names, and means the same by them. */
export type Bundling = {
  /** Packages that are installed beside the bundle and not put into it, such as those with native code. */
  readonly install: readonly string[];
  /** What importing a file of another kind gives, by the end of its name. */
  readonly loader: Readonly<Record<string, Loader>>;
  /** Files and folders that lie beside the bundle: from where on this disk, to where in LAMBDA_TASK_ROOT. */
  readonly copyFiles: readonly { readonly from: string; readonly to: string }[];
};

/** Of esbuild's loaders, those that SST 4.17.1 knows; it takes no notice of others. */
const LOADERS = [
  "base64",
  "binary",
  "css",
  "dataurl",
  "file",
  "js",
  "json",
  "jsx",
  "text",
  "ts",
  "tsx",
] as const;
type Loader = (typeof LOADERS)[number];

/** What every function can import: an SQL file is a string, a WebAssembly module a Uint8Array. esbuild itself has .txt and .json. */
export const NO_BUNDLING: Bundling = {
  install: [],
  loader: { ".sql": "text", ".wasm": "binary" },
  copyFiles: [],
};
export const BUNDLING = Object.keys(NO_BUNDLING);

/** In which of a package's forms it is bundled: as ES modules, of which what is not used is left out. */
export const MAIN_FIELDS = ["module", "main"] as const;

/** What SST never puts into a bundle. */
export const NEVER_BUNDLED = ["sharp", "pg-native"] as const;

/** What is in LAMBDA_TASK_ROOT already. */
const TAKEN = [
  "bundle.cjs",
  "bundle.cjs.map",
  "node_modules",
  "package.json",
  "package-lock.json",
  "resource.enc",
];
/** Versions of pnpm's own, which npm cannot install; it runs when SST makes the upload. */
const NOT_OF_NPM = /^(?:workspace|file|link|portal|patch):/;

/**
 * What a function brings along, as its package.json says; paths are relative to that file:
 *
 *     "lambda": {
 *       "install": ["sharp"],
 *       "loader": { ".html": "text" },
 *       "copyFiles": [{ "from": "templates" }, { "from": "../../assets/logo.png", "to": "logo.png" }]
 *     }
 *
 * Throws an ApplicationError that says which field is wrong, and what it takes.
 */
export function readBundling(functionPackage: FunctionPackage, root: string): Bundling {
  return {
    install: readInstall(functionPackage),
    loader: { ...NO_BUNDLING.loader, ...readLoader(functionPackage) },
    copyFiles: readCopyFiles(functionPackage, root),
  };
}

function readInstall({ file, lambda: { install = [] }, dependencies }: FunctionPackage): readonly string[] {
  if (!Array.isArray(install) || !install.every((name) => typeof name === "string")) {
    throw new ApplicationError(`install in ${file} must be a list of packages, such as ["sharp"].`);
  }
  for (const name of install) {
    const version = Object.hasOwn(dependencies, name) ? dependencies[name] : undefined;
    if (typeof version !== "string") {
      throw new ApplicationError(
        `install in ${file} names ${name}, which is not in its "dependencies": the version there is what is installed.`,
      );
    }
    if (NOT_OF_NPM.test(version)) {
      throw new ApplicationError(
        `install in ${file} names ${name}, whose version is ${version}: only a package of a registry can be installed.`,
      );
    }
  }
  return install;
}

function readLoader({ file, lambda: { loader = {} } }: FunctionPackage): Bundling["loader"] {
  if (!isRecord(loader)) {
    throw new ApplicationError(`loader in ${file} must be an object, such as {".html":"text"}.`);
  }
  for (const [end, value] of Object.entries(loader)) {
    if (!/^\.[^/\\]+$/.test(end)) {
      throw new ApplicationError(`loader in ${file} has "${end}": give the end of a name, such as ".html".`);
    }
    if (!LOADERS.some((each) => each === value)) {
      throw new ApplicationError(
        `loader in ${file} has ${JSON.stringify(value)} for ${end}: it takes ${LOADERS.join(", ")}.`,
      );
    }
  }
  return loader as Bundling["loader"]; // each value has been found among the loaders
}

function readCopyFiles(
  { file, lambda: { copyFiles = [] } }: FunctionPackage,
  root: string,
): Bundling["copyFiles"] {
  if (!Array.isArray(copyFiles)) {
    throw new ApplicationError(`copyFiles in ${file} must be a list, such as [{"from":"templates"}].`);
  }
  return copyFiles.map((each: unknown) => {
    const { from, to = from, ...others } = isRecord(each) ? each : {};
    if (typeof from !== "string" || from === "" || typeof to !== "string" || Object.keys(others).length > 0) {
      throw new ApplicationError(
        `copyFiles in ${file} has ${JSON.stringify(each)}: give {"from":"templates"}, or a "to" as well.`,
      );
    }
    const target = posix.normalize(to.replaceAll("\\", "/")).replace(/\/$/, "");
    const [first = ""] = target.split("/");
    if (["", ".", ".."].includes(first) || /^[a-z]:/i.test(first)) {
      throw new ApplicationError(
        `copyFiles in ${file} would copy to "${to}": give a "to" within the function, such as "templates".`,
      );
    }
    if (TAKEN.includes(first)) {
      throw new ApplicationError(
        `copyFiles in ${file} would copy to "${to}", which the bundle has of its own: give another "to".`,
      );
    }
    const source = join(root, file, "..", from);
    if (!existsSync(source)) {
      throw new ApplicationError(`copyFiles in ${file} has "${from}", which is not there: ${source}.`);
    }
    return { from: source, to: target };
  });
}
