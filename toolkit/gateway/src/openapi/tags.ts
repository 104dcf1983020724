import type { Contract } from "../contract/contract.ts";
import type { Json } from "./json.ts";

/**
 * What the document puts an operation under: the contract's tag, or else the first segment of its path that is no parameter.
 *
 *     tagOf({ path: "/openapi.json" }) // "openapi"
 */
export function tagOf({ tag, path }: Pick<Contract, "tag" | "path">): string {
  // Swagger UI takes an underscore in a link to a tag for a blank, and warns.
  return (
    tag ??
    (segmentOf(path)
      ?.replace(/(.)\.[^.]*$/, "$1")
      .replaceAll("_", "-") ||
      "root")
  );
}

function segmentOf(path: string): string | undefined {
  return path.split("/").find((each) => each !== "" && !each.startsWith("{"));
}

/** Each tag once, described as the API says, or else by its path. */
export function toTags(
  contracts: readonly Contract[],
  descriptions: Readonly<Record<string, string>> = {},
): readonly Json[] {
  const paths = new Map(
    contracts.map((contract) => [tagOf(contract), contract.tag ? undefined : contract.path]),
  );
  return [...paths]
    .sort(([one], [another]) => (one < another ? -1 : 1))
    .map(([name, path]) => {
      const given = Object.hasOwn(descriptions, name) ? descriptions[name] : undefined;
      const description = given ?? (path && `Everything under /${segmentOf(path) ?? ""}.`);
      return { name, ...(description && { description }) };
    });
}
