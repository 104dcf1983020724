import { relative, sep } from "node:path";
import { type Bundling, MAIN_FIELDS, NO_BUNDLING } from "@lucky/application/bundling";

/** How SST makes what is uploaded of a function: as toolkit/local does on this machine. */
export function bundleArgs(
  bundling: Bundling = NO_BUNDLING,
): Pick<sst.aws.FunctionArgs, "nodejs" | "copyFiles"> {
  const { install, loader, copyFiles } = bundling;
  return {
    nodejs: {
      format: "cjs",
      minify: true,
      esbuild: { mainFields: [...MAIN_FIELDS] },
      install: [...install],
      loader: { ...loader },
    },
    // SST goes from sst.config.ts.
    copyFiles: copyFiles.map(({ from, to }) => ({
      from: relative($cli.paths.root, from).split(sep).join("/"),
      to,
    })),
  };
}
