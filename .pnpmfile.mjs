export const hooks = {
  /**
   * Node comes as a package for each platform, so the lockfile has its hash. Those packages say their platform as a text, which
   * pnpm does not heed: without this it would install all of them. Of macOS not each version is there for both processors, so
   * there the package "node" brings it by an install of its own.
   */
  readPackage(manifest) {
    if (manifest.name === "node") return { ...manifest, os: ["darwin"] };
    if (!/^node-(?:linux|win)-/.test(manifest.name)) return manifest;
    return { ...manifest, os: [manifest.os].flat(), cpu: [manifest.cpu].flat() };
  },
};
