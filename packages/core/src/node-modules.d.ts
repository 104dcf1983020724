/** Modules of Node, which this package does not see (purity.ts): none has an export. */
declare module "node:*" {
  const pure: "Core is pure: what needs Node comes in as a parameter.";
  export = pure;
}
