import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Changes } from "./changes.ts";
import { listFiles } from "./git.ts";
import type { Product } from "./product.ts";

/** The toolkit and the benchmark keep their names, a licence stays with what it was given for, and pnpm writes the rest. */
const NEVER = /^(?:toolkit|benchmarks)\/|^(?:LICENSE|pnpm-lock\.yaml)$/;
/** Where the name of the app stands: elsewhere an author may use that word for anything. */
const NAMES_APP = /^(?:[^/]+|(?:infra|docs|\.ci|\.github|\.vscode)\/.+)$/;
/** Where the title does not stand, likewise. */
const NAMES_NO_TITLE = /^(?:functions|tests|packages\/core)\//;

/**
 * A file that has the word already, so that it could not be told from the app's name afterwards; undefined if none. Pages
 * for people do not count: they may name it as an example.
 */
export function findWord(root: string, app: string): string | undefined {
  const files = listFiles(root).filter(
    (file) => NAMES_APP.test(file) && !NEVER.test(file) && !file.endsWith(".md"),
  );
  return files.find((file) => wordsOf([app]).test(readFileSync(join(root, file), "utf8")));
}

/** Those changes, and every other file of the product that has a name of `from`, all with the new names. */
export function planRenaming(
  root: string,
  from: readonly Product[],
  to: Product,
  changes: Changes = new Map(),
): Changes {
  const renamed = new Map(changes);
  for (const file of new Set([...listFiles(root), ...changes.keys()])) {
    if (NEVER.test(file)) continue;
    const path = join(root, file);
    const before = existsSync(path) ? readFileSync(path, "utf8") : undefined;
    const content = changes.has(file) ? changes.get(file) : before;
    if (content === undefined || content.includes("\0")) continue;
    const after = rename(content, file, from, to);
    if (after !== before) renamed.set(file, after);
    else renamed.delete(file);
  }
  return renamed;
}

/** The content of that file with the new names in the place of any of the old. */
export function rename(content: string, file: string, from: readonly Product[], to: Product): string {
  // What has its new name already is matched as well, and stays: an old name may be a part of it.
  const names = (key: keyof Product) => [to, ...from].map((product) => product[key]);
  let renamed = content.replaceAll(pattern("(?<!\\w)", names("scope"), "(?![\\w-])"), to.scope);
  if (!NAMES_NO_TITLE.test(file)) {
    renamed = renamed.replaceAll(pattern("(?<!\\w)", names("title"), "(?!\\w)"), (title) =>
      title.replaceAll(/\s+/g, " ") === to.title ? title : to.title,
    );
  }
  return NAMES_APP.test(file) ? renamed.replaceAll(wordsOf(names("app")), to.app) : renamed;
}

function wordsOf(apps: readonly string[]): RegExp {
  return pattern("(?<![\\w@.-])", apps, "(?!\\w)");
}

/** Any of the words, and the longest of those that match. */
function pattern(before: string, words: readonly string[], after: string): RegExp {
  const longestFirst = [...words].sort((a, b) => b.length - a.length).map(quote);
  return new RegExp(`${before}(?:${longestFirst.join("|")})${after}`, "g");
}

/** As a regular expression, which takes a line break for a space. */
function quote(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replaceAll(/\s+/g, "\\s+");
}
