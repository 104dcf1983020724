import type { Contract } from "../contract/contract.ts";
import type { Json } from "./json-schema.ts";

/**
 * What the document puts an operation under: the contract's tag, or else the first segment of its path that is no parameter.
 *
 *     tagOf({ path: "/openapi.json" }) // "openapi"
 */
export function tagOf({ tag, path }: Pick<Contract, "tag" | "path">): string {
  const segment = path.split("/").find((each) => each !== "" && !each.startsWith("{"));
  return tag ?? segment?.replace(/(.)\.[^.]*$/, "$1") ?? "root";
}

/** Each tag once, described where the API says what it is about. */
export function toTags(
  contracts: readonly Contract[],
  descriptions: Readonly<Record<string, string>> = {},
): readonly Json[] {
  return [...new Set(contracts.map(tagOf))].sort().map((name) => ({
    name,
    ...(Object.hasOwn(descriptions, name) && { description: descriptions[name] }),
  }));
}
