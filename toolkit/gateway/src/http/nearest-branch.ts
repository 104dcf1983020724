import type { StandardSchemaV1 } from "@standard-schema/spec";

/** An issue, with what zod, valibot and arktype say beyond the standard. */
export type Issue = StandardSchemaV1.Issue & {
  readonly code?: string;
  /** The type that was expected. */
  readonly expected?: unknown;
  /** Of a literal, the values that it takes. */
  readonly values?: readonly unknown[];
  /** Of a union, what is wrong with each of its branches. */
  readonly errors?: readonly (readonly Issue[])[];
};

/**
 * What is wrong with a value that is none of a union: with the branch that it is nearest to, which has the right type and
 * the right literals, such as its kind; of several the one in which least is wrong. Where there is none, the union's own issue.
 */
export function ofNearestBranch(issue: Issue): readonly Issue[] {
  const [nearest] = (issue.errors ?? [])
    .map((branch) => branch.flatMap(ofNearestBranch))
    .filter((branch) => branch.every(({ path, values }) => path?.length && values?.length !== 1))
    .sort((a, b) => a.length - b.length);
  return nearest?.map((each) => ({ ...each, path: [issue.path ?? [], each.path ?? []].flat() })) ?? [issue];
}
