import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Changes } from "./changes.ts";
import type { Project } from "./project.ts";
import { listFiles } from "./tracked-files.ts";

/** What the install writes by itself. */
const LOCKFILE = "pnpm-lock.yaml";
/** Where the app's name means something else, if it is there at all. */
const AUTHORS_OWN = /^(?:functions|packages\/(?:core|api))\//;

/** A licence stays with what it was given for. */
const LICENSE = "LICENSE";

/**
 * A file that has the word already, so that it could not be told from the app's name afterwards; undefined if none. Pages
 * for people do not count: they may name it as an example.
 */
export function findWord(root: string, app: string): string | undefined {
  const files = listFiles(root).filter(
    (file) => file !== LOCKFILE && !AUTHORS_OWN.test(file) && !file.endsWith(".md"),
  );
  return files.find((file) => wordOf(app).test(readFileSync(join(root, file), "utf8")));
}

/** Every file of the workspace that names it, with the new names. */
export function planRenaming(root: string, from: Project, to: Project): Changes {
  const changes = new Map<string, string>();
  for (const file of listFiles(root).filter((file) => file !== LOCKFILE && file !== LICENSE)) {
    const before = readFileSync(join(root, file), "utf8");
    const after = before.includes("\0") ? before : rename(before, file, from, to);
    if (after !== before) changes.set(file, after);
  }
  return changes;
}

/** The content of that file with the new names. */
export function rename(content: string, file: string, from: Project, to: Project): string {
  const scoped = content
    .replaceAll(new RegExp(`(?<!\\w)${from.scope}(?![\\w-])`, "g"), to.scope)
    .replaceAll(new RegExp(`\\b${quoted(from.title).replaceAll(" ", "\\s+")}(?!\\w)`, "g"), to.title);
  if (AUTHORS_OWN.test(file)) return scoped;
  return scoped
    .replaceAll(wordOf(from.app), to.app)
    .replaceAll(new RegExp(`(?<=tmpdir\\(\\), ")${from.scope.slice(1)}(?=-)`, "g"), to.app);
}

function wordOf(app: string): RegExp {
  return new RegExp(`(?<![\\w@.-])${app}(?!\\w)`, "g");
}

function quoted(text: string): string {
  return text.replaceAll(/[.()]/g, "\\$&");
}
