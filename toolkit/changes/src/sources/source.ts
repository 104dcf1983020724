import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../schema/schema.ts";
import { checkOut } from "./checkout.ts";
import { documentOf } from "./document-of.ts";
import { findCommit, git } from "./git.ts";
import { linkPackages } from "./link-packages.ts";
import { isDocument, readDocument } from "./read-document.ts";

/** One side of a comparison. */
export type Source = { readonly name: string; readonly document: Json };

/** What is on this disk. */
export async function loadDisk(root: string): Promise<Source> {
  const document = await documentOf(root).catch((cause) => {
    throw new Error(`The contracts on this disk cannot be loaded: ${messageOf(cause)}`);
  });
  return { name: "this disk", document };
}

/**
 * An OpenAPI document by its path or URL, or the contracts of a commit. Rejects with an error that says what to do where there is
 * no such commit, or where its contracts cannot be loaded.
 */
export async function loadNamed(name: string, root: () => string): Promise<Source> {
  if (isDocument(name)) return { name, document: await readDocument(name) };
  return loadCommit(name, root());
}

async function loadCommit(name: string, root: string): Promise<Source> {
  const commit = await findCommit(root, name);
  if (commit === undefined)
    throw new Error(
      `There is no commit, tag or branch "${name}" here. In a shallow clone: git fetch --unshallow --tags. A document's name ends with .json.`,
    );
  const checkout = await checkOut(root, commit);
  try {
    linkPackages(checkout.root, root);
    return {
      name: /^[\da-f]{40}$/.test(name) ? name.slice(0, 12) : name,
      document: await documentOf(checkout.root),
    };
  } catch (cause) {
    const message = messageOf(cause).replaceAll(`${checkout.root}/`, "");
    const lock = (await hasOtherPackages(root, commit))
      ? " Its pnpm-lock.yaml differs, and it was loaded with the packages that are installed now."
      : "";
    throw new Error(
      `The contracts of ${name} cannot be loaded: ${message}.${lock} Compare with a document instead, such as the one that is deployed: pnpm changes https://api.example.com/openapi.json`,
    );
  } finally {
    checkout.remove();
  }
}

async function hasOtherPackages(root: string, commit: string): Promise<boolean> {
  const locked = await git(root, ["show", `${commit}:./pnpm-lock.yaml`]);
  try {
    return locked !== readFileSync(join(root, "pnpm-lock.yaml"), "utf8").trim();
  } catch {
    return false;
  }
}

function messageOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return (message.split("\n")[0] ?? "").replace(/\.$/, "");
}
