/** What this workspace is called, here as everywhere else: `pnpm rename` rewrites these lines too. */
export const project = {
  /** As AWS and package.json know it. */
  app: "lucky-lambda",
  /** Of its packages. */
  scope: "@lucky",
  /** As people know it. */
  title: "Lucky Lambda",
};

export type Project = typeof project;
