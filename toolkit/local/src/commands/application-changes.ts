import { isDeepStrictEqual } from "node:util";
import type { ListedApplication, ListedFunction } from "@lucky/application/load-apart";
import { curlAt } from "./welcome.ts";

/**
 * What is another for callers, and for functions, in a line each, such as `GET /coins/{coin} is new: curl …`. `url`: where
 * the API is.
 */
export function describeChanges(
  last: ListedApplication,
  next: ListedApplication,
  url: string,
): readonly string[] {
  const before = new Map(last.functions.map((each) => [each.name, each]));
  const names = new Set(next.functions.map(({ name }) => name));
  const gone = last.functions.filter(({ name }) => !names.has(name));
  return [
    ...gone.map((each) => `${routeOf(each)} is gone`),
    ...next.functions.flatMap((each) => describeChange(before.get(each.name), each, url)),
    ...(isDeepStrictEqual(last.cors, next.cors) ? [] : [`CORS is now ${JSON.stringify(next.cors) ?? "off"}`]),
  ];
}

function describeChange(before: ListedFunction | undefined, each: ListedFunction, url: string): string[] {
  const route = routeOf(each);
  if (before === undefined) return [`${route} is new: ${curlAt(each, url)}`];
  const { memoryMegabytes, timeoutSeconds } = each.limits;
  const isMoved = routeOf(before) !== route;
  const isLimited = !isDeepStrictEqual(before.limits, each.limits);
  return [
    ...(isMoved ? [`${routeOf(before)} is now ${route}: ${curlAt(each, url)}`] : []),
    ...(isLimited ? [`${each.name} has ${memoryMegabytes} MB and ${timeoutSeconds} s now`] : []),
  ];
}

function routeOf({ contract }: ListedFunction): string {
  return `${contract.method} ${contract.path}`;
}
