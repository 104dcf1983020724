import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ListedFunction } from "@lucky/application/load-apart";
import { NO_FUNCTIONS } from "@lucky/application/no-functions";
import { quoteWord } from "@lucky/gateway/shell";

type Place = {
  /** Such as "an HTTP API". */
  readonly title: string;
  /** Where the server listens, such as `http://localhost:3000`. */
  readonly origin: string;
  /** What stands before the paths of the API there: `/prod`, or nothing. */
  readonly base: string;
  /** The folder of the pages, which need not be there. */
  readonly pages: string;
};

/** What the server prints when it is ready: each route, with a command that calls it, and the pages. */
export function welcome(functions: readonly ListedFunction[], { title, origin, base, pages }: Place): string {
  const url = origin + base;
  const routes = functions.map((each) => {
    const { method, path, summary } = each.contract;
    return `  ${method} ${url}${path}\n    ${summary}\n    ${curlAt(each, url)}\n`;
  });
  if (routes.length === 0) routes.push(`  ${url}\n    ${NO_FUNCTIONS}\n`);
  const has = (page: string) => existsSync(join(pages, page));
  const links = [
    ...(has("index.html") ? [`Page: ${origin}/`] : []),
    ...(has("reference/index.html") ? [`Reference: ${origin}/reference/`] : []),
  ];
  const page = links.length > 0 ? `\n  ${links.join("  ")}\n` : "";
  return `\nThe API is running on this machine, as ${title} would. Ctrl-C stops it.\n\n${routes.join("\n")}${page}`;
}

/** A command that calls the function, of an API at that address, with its contract's examples. */
export function curlAt({ curl: { command, target } }: ListedFunction, url: string): string {
  return command + quoteWord(url + target);
}
