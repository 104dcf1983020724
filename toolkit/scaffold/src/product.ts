import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONTRACTS } from "@lucky/application/application";

/** What the product of a workspace is called. The toolkit keeps its names. */
export type Product = {
  /** As AWS and package.json know it. */
  readonly app: string;
  /** Of its packages. */
  readonly scope: string;
  /** As people know it. */
  readonly title: string;
};

/** What the product is called where it is made, and so in whatever is merged from there. */
export const UPSTREAM: Product = { app: "lucky-lambda", scope: "@acme", title: "Lucky Lambda" };

/**
 * What a product calls itself: in package.json, in the package of its contracts, and in `about` there. Throws an error
 * for one that has no name or no scope.
 */
export function readProduct(root: string): Product {
  const app = readName(root, "package.json");
  const [title = app] = /(?<=\btitle: ")[^"\n]+/.exec(readFileSync(join(root, CONTRACTS), "utf8")) ?? [];
  return { app, scope: readScope(root), title };
}

/** The npm scope of the product's packages, such as `@acme`. */
export function readScope(root: string): string {
  const file = "packages/contracts/package.json";
  const [scope] = /^@[^/]+(?=\/)/.exec(readName(root, file)) ?? [];
  if (scope === undefined)
    throw new Error(`The name in ${file} has no scope: make it one such as @acme/contracts.`);
  return scope;
}

export function readName(root: string, file: string): string {
  const { name }: { name?: unknown } = JSON.parse(readFileSync(join(root, file), "utf8"));
  if (typeof name !== "string" || name === "") throw new Error(`${file} must have a name.`);
  return name;
}
