import type { FieldProblem } from "./problem.ts";

/** The parts of a request besides its body, and what OpenAPI calls the place of each. */
export const PLACES = {
  params: "path",
  query: "query",
  headers: "header",
  cookies: "cookie",
} as const satisfies Record<string, FieldProblem["in"]>;
export type Part = keyof typeof PLACES;
