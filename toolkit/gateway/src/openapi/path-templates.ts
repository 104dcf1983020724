import { parameterNames, type Route } from "../contract/route.ts";
import { isGreedy, pathShape } from "../contract/routes.ts";

/** A path as OpenAPI can write it. */
export type PathTemplate = {
  /** Such as `/files/{path}`. */
  readonly path: string;
  /** The parameters in the place of a greedy one that needs several, such as `path1` and `path2`; none elsewhere. */
  readonly segments: readonly string[];
};

/**
 * The template of each route, by name, for routes without a conflict. OpenAPI has no greedy parameters and takes paths that
 * differ in names alone for one. So `/files/{path+}` is `/files/{path}`, and `/files/{path1}/{path2}` where another route
 * has that, which takes every path of one segment anyway.
 */
export function toPathTemplates(routes: Readonly<Record<string, Route>>): ReadonlyMap<string, PathTemplate> {
  const templates = new Map<string, PathTemplate>();
  const pathOfShape = new Map<string, string>();
  const operations = new Set<string>();
  for (const [name, { method, path }] of Object.entries(routes).sort(bySpecificity)) {
    let template = toTemplate(path, 1);
    const isTaken = () => {
      const other = pathOfShape.get(pathShape(template.path)) ?? template.path;
      return other !== template.path || operations.has(`${method} ${template.path}`);
    };
    for (let count = 2; isGreedy(path) && isTaken(); count++) template = toTemplate(path, count);
    pathOfShape.set(pathShape(template.path), template.path);
    operations.add(`${method} ${template.path}`);
    templates.set(name, template);
  }
  return templates;
}

/** Those that give way come last: greedy paths, and of these the shorter. */
function bySpecificity([, first]: [string, Route], [, second]: [string, Route]): number {
  const length = ({ path }: Route) => path.split("/").length;
  return Number(isGreedy(first.path)) - Number(isGreedy(second.path)) || length(second) - length(first);
}

/** With so many segments in the place of a greedy parameter. */
function toTemplate(path: string, count: number): PathTemplate {
  if (!isGreedy(path)) return { path: path.replace(/(.)\/$/, "$1"), segments: [] };
  if (count === 1) return { path: path.replace("+}", "}"), segments: [] };
  const names = parameterNames(path);
  const unused = (name: string): string => (names.includes(name) ? unused(`${name}_`) : name);
  const segments = Array.from({ length: count }, (_, index) => unused(`${names.at(-1)}${index + 1}`));
  return { path: path.replace(/\{[^{]+\+\}$/, segments.map((name) => `{${name}}`).join("/")), segments };
}
